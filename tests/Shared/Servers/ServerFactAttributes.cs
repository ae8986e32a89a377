using GroupPortal.TestDirectories;

namespace GroupPortal.Tests;

/// <summary>A test with a Samba domain controller; skipped only where Samba cannot be installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SambaFactAttribute : FactAttribute
{
    public SambaFactAttribute() => Skip = ServerTools.Samba.ReasonToSkip;
}

/// <summary>A table of cases with a Samba domain controller; skipped only where Samba cannot be installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SambaTheoryAttribute : TheoryAttribute
{
    public SambaTheoryAttribute() => Skip = ServerTools.Samba.ReasonToSkip;
}

/// <summary>A test with OpenLDAP's slapd; skipped only where it cannot be installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlapdFactAttribute : FactAttribute
{
    public SlapdFactAttribute() => Skip = ServerTools.Slapd.ReasonToSkip;
}
