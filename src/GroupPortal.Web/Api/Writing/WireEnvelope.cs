using System.Text.Json;

namespace GroupPortal.Web.Api.Writing;

/// <summary>The two spellings of the envelope: same fields, another order, and one field more on an Entra create.</summary>
internal enum WireShape
{
    Classic,
    EntraCreate,
}

/// <summary>What an attribute's failure is called in <c>exceptionMessagesAttributeWise</c>.</summary>
internal sealed record WireException(string Attribute, string Message);

/// <summary>A detail, or the top of an answer without what only the top has.</summary>
internal record WireNode(string? Name, int Type, WireStatus Status)
{
    public string? Message { get; init; }

    /// <summary>A name of DirectoryError, or null.</summary>
    public string? ErrorCode { get; init; }

    public IReadOnlyList<WireException> Exceptions { get; init; } = [];

    /// <summary>Made while they are written, so that 100,000 of them are never all in memory.</summary>
    public IEnumerable<WireNode> Details { get; init; } = [];
}

/// <summary>The answer to a write, and to every error.</summary>
internal sealed record WireEnvelope(string? Name, int Type, WireStatus Status) : WireNode(Name, Type, Status)
{
    public WireShape Shape { get; init; }

    public Guid? Data { get; init; }

    /// <summary>What <c>data</c> is instead, where a task answers.</summary>
    public long? TaskId { get; init; }

    public string? Server { get; init; }

    /// <summary>Writes the value of <c>identityStoreObject</c>; null writes null.</summary>
    public Func<WireWriter, CancellationToken, Task>? IdentityStoreObject { get; init; }

    /// <summary>Writes fields that one operation's errors have beyond the samples; last.</summary>
    public Action<Utf8JsonWriter>? Beside { get; init; }
}
