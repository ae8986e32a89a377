using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Directories;

/// <summary>
/// Why a directory did not do what was asked: a closed set, decoded once at each adapter's edge. The server's own words
/// are kept beside it for support and never parsed again above the adapter.
/// </summary>
public abstract record DirectoryError
{
    private protected DirectoryError()
    {
    }

    /// <summary>The stable name on the wire (<c>errorCode</c>): the name of the type.</summary>
    public string Code => GetType().Name;

    /// <summary>The attribute at fault, where the server named one.</summary>
    public string? Attribute { get; init; }

    /// <summary>The server's own diagnostic text, as it came.</summary>
    public string? ServerText { get; init; }

    /// <summary>The server's id of the request, for support.</summary>
    public string? RequestId { get; init; }

    /// <summary>What happened, for a person; what the adapter knows better than the general sentence goes in <see cref="Detail"/>.</summary>
    public string Message => Detail ?? Texts.Format("Error." + Code);

    /// <summary>A sentence of our own that replaces the general one.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether it names this attribute as at fault.</summary>
    public virtual bool Blames(string attribute) => string.Equals(attribute, Attribute, StringComparison.OrdinalIgnoreCase);

    public sealed record NotFound : DirectoryError;

    public sealed record AlreadyExists : DirectoryError;

    public sealed record AccessDenied : DirectoryError
    {
        /// <summary>All attributes of the write that may not be written, where the directory could be asked; the first is also <see cref="Attribute"/>.</summary>
        public IReadOnlyList<string> Attributes { get; init; } = [];

        public override bool Blames(string attribute) => base.Blames(attribute) || Attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase);
    }

    public sealed record InvalidValue : DirectoryError;

    public sealed record UnknownAttribute : DirectoryError;

    public sealed record ReadOnlyAttribute : DirectoryError;

    /// <summary>Somebody else changed it in between; both sides are kept so that a person can choose.</summary>
    public sealed record Conflict(IReadOnlyList<string> Expected, IReadOnlyList<string> Found) : DirectoryError
    {
        public static Conflict Unknown { get; } = new([], []);
    }

    /// <summary>Too many requests; not before <paramref name="After"/>.</summary>
    public sealed record Throttled(TimeSpan After) : DirectoryError;

    public sealed record Unavailable : DirectoryError;

    public sealed record Unsupported : DirectoryError;

    /// <summary>A rule of ours or of the directory's administrators forbids it.</summary>
    public sealed record PolicyBlocked : DirectoryError;

    /// <summary>What no rule of the adapter recognised; <paramref name="Raw"/> is the server's code.</summary>
    public sealed record Other(string Raw) : DirectoryError;
}
