using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Directories;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Engineering", " engineering ", true, false)]
    [InlineData("Research  and   Development", "research and development", true, false)]
    [InlineData("Engineering", "ENGINEERING", true, true)]
    [InlineData("Engineering", "Engineerin", false, false)]
    [InlineData("é", "É", true, true)]
    [InlineData("e", "é", false, false)]
    public void Each_kind_of_store_compares_in_its_own_way(string one, string other, bool inAd, bool inEntra)
    {
        Assert.Equal(inAd, Folding.ActiveDirectory.Equals(one, other));
        Assert.Equal(inEntra, Folding.EntraId.Equals(one, other));
        Assert.Equal(inAd, Folding.ActiveDirectory.GetHashCode(one) == Folding.ActiveDirectory.GetHashCode(other));
    }
}
