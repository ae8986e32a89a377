using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>What one write works with: the open transaction, the kind's rules and the time.</summary>
internal sealed record WriteContext(Session Session, StoreRules Rules, DistinguishedName Base, long Now)
{
    public ObjectTable Objects { get; } = new(Session, Rules.Folding);

    public static string Version(long version) => version.ToString(CultureInfo.InvariantCulture);
}
