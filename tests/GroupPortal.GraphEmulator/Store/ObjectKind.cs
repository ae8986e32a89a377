namespace GroupPortal.GraphEmulation.Store;

/// <summary>What a directory object is.</summary>
public enum ObjectKind
{
    /// <summary>A person's account.</summary>
    User,

    /// <summary>A group of any type.</summary>
    Group,

    /// <summary>A device.</summary>
    Device,

    /// <summary>An application's account.</summary>
    ServicePrincipal,

    /// <summary>An organisational contact.</summary>
    Contact,
}
