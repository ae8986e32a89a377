using System.Globalization;

namespace GroupPortal.GraphEmulation;

/// <summary>The options of the program.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        --port N             5090
        --people N           size of the sample company, 200
        --domain NAME        5cjshm.onmicrosoft.com
        --tenant GUID        the tenant's id
        --secret TEXT        the secret of every client id
        --lag SECONDS        a new group is not found for that long
        --team-delay SECONDS PUT of a team answers 404 while the group is younger
        --dynamic-delay SECONDS  between a change and the evaluation of dynamic groups
        --throttle SPEED     429 by Microsoft's buckets, their periods SPEED times shorter
        --patch-cost N       writes that a PATCH of 20 members costs, 1 or 7
        --page-size N        objects on a page
        """;

    public static EmulatorOptions? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        var options = new EmulatorOptions { Port = 5090 };
        problem = "";
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var value = index + 1 < arguments.Count ? arguments[index + 1] : "";
            var number = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
            var seconds = number < 0 ? TimeSpan.MinValue : TimeSpan.FromSeconds(number);
            EmulatorOptions? next = arguments[index] switch
            {
                "--port" when number >= 0 => options with { Port = (int)number },
                "--people" when number >= 0 => options with { People = (int)number },
                "--domain" when value.Length > 0 => options with { Domain = value },
                "--tenant" when Guid.TryParse(value, out _) => options with { TenantId = value },
                "--secret" when value.Length > 0 => options with { ClientSecret = value },
                "--team-delay" when number >= 0 => options with { TeamDelay = seconds },
                "--dynamic-delay" when number >= 0 => options with { DynamicDelay = seconds },
                "--throttle" when number > 0 => options with { Throttles = true, ThrottleSpeed = number },
                "--patch-cost" when number >= 1 => options with { WritesOfTwentyMembers = (int)number },
                "--page-size" when number >= 1 => options with { PageSize = (int)number },
                "--lag" when number >= 0 => options with { ReplicationLag = seconds },
                _ => null,
            };
            if (next is null)
            {
                problem = $"{arguments[index]} {value}: not understood.";
                return null;
            }

            options = next;
        }

        return options;
    }
}
