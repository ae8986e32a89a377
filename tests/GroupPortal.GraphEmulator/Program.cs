namespace GroupPortal.GraphEmulation;

/// <summary>The emulator as a program of its own. In a namespace, because tests refer to the portal's program as well.</summary>
internal static class EmulatorProgram
{
    private static async Task<int> Main(string[] args)
    {
        var options = CommandLine.Parse(args, out var problem);
        if (options is null)
        {
            await Console.Error.WriteLineAsync(problem);
            await Console.Error.WriteLineAsync(CommandLine.Usage);
            return 2;
        }

        await using var emulator = await GraphEmulator.StartAsync(options);
        await Console.Out.WriteLineAsync($"Graph listens at {emulator.Endpoint}v1.0, tokens at {emulator.Endpoint}{emulator.TenantId}/oauth2/v2.0/token (secret: {options.ClientSecret})");
        await emulator.WaitForShutdownAsync();
        return 0;
    }
}
