using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Directories;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Writing;

/// <summary>Whatever is there before, and whatever goes wrong on the way: in the end those are members who should be.</summary>
public sealed class RandomWritesTests : GraphWriteTests
{
    /// <summary>People of the test that a case is about.</summary>
    private const int Circle = 25;

    private const int Cases = 40;

    [Fact]
    public void Members_are_in_the_end_as_they_were_to_be() => Prop.ForAll(AnyCase().ToArbitrary(), test => RunAsync(test).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    private static Gen<Case> AnyCase() =>
        from present in Some(Circle)
        from come in Some(20)
        from go in Some(20)
        from faults in Gen.ListOf(
            from kind in Gen.Elements(FaultKind.TooManyRequests, FaultKind.ServiceUnavailable, FaultKind.GatewayTimeout, FaultKind.Drop)
            from isDone in Gen.Elements(true, false)
            from skip in Gen.Choose(0, 6)
            select new Trouble(kind, isDone && kind != FaultKind.TooManyRequests, skip))
        select new Case(present, come, [.. go.Except(come)], [.. faults.Take(4)]);

    private static Gen<int[]> Some(int most) =>
        from numbers in Gen.ListOf(Gen.Choose(0, Circle - 1))
        select numbers.Distinct().Take(most).ToArray();

    private async Task<bool> RunAsync(Case test)
    {
        var group = Objects.AddGroup("Random");
        Array.ForEach(test.Present, number => Objects.AddMember(group, People[number]));
        foreach (var trouble in test.Faults)
        {
            var left = trouble.Skip;
            Graph.Emulator.Faults.Inject(
                trouble.Kind, 1, request => request.Target.Contains(group.ToString(), StringComparison.Ordinal) && left-- <= 0, afterHandling: trouble.IsDone);
        }

        var failed = new List<(int, DirectoryError)>();
        foreach (var (numbers, add) in new[] { (test.Come, true), (test.Go, false) }.Where(write => write.Item1.Length > 0))
        {
            failed.AddRange(await ApplyAsync(new DirectoryWrite.ChangeMembers(0, [.. numbers.Select((number, step) => new ReferenceWrite(step, People[number], add))]), group));
        }

        Graph.Emulator.Faults.Clear();
        var wanted = test.Present.Union(test.Come).Except(test.Go).Select(number => People[number]);
        return failed.Count == 0 && Objects.Members(group).Order().SequenceEqual(wanted.Order()) && People.All(Objects.Exists);
    }

    /// <summary>Numbers of people: who is there, who is to come, who is to go.</summary>
    private sealed record Case(int[] Present, int[] Come, int[] Go, Trouble[] Faults)
    {
        public override string ToString() =>
            $"present {string.Join(',', Present)}; come {string.Join(',', Come)}; go {string.Join(',', Go)}; {string.Join<Trouble>(", ", Faults)}";
    }

    /// <summary>What goes wrong once, after so many requests about the group.</summary>
    private sealed record Trouble(FaultKind Kind, bool IsDone, int Skip);
}
