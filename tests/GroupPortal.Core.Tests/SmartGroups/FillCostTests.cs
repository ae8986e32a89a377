using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Tests.SmartGroups;

public sealed class FillCostTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0.5)]
    [InlineData(20, 1, 0.5)]
    [InlineData(21, 2, 1)]
    [InlineData(10_000, 500, 250)]
    [InlineData(100_000, 5_000, 2_500)]
    public void Twenty_members_are_a_request(int members, int requests, double seconds) =>
        Assert.Equal(new FillCost(requests, TimeSpan.FromSeconds(seconds)), FillCost.Of(members));

    [Fact]
    public void More_members_never_cost_less()
    {
        var costs = Enumerable.Range(0, 400).Select(step => FillCost.Of(step * 997)).ToList();

        Assert.All(costs.Zip(costs.Skip(1)), pair => Assert.True(pair.First.Requests <= pair.Second.Requests && pair.First.Time <= pair.Second.Time));
    }

    [Fact]
    public void The_largest_directory_can_be_counted() => Assert.Equal(107_374_183, FillCost.Of(int.MaxValue).Requests);
}
