using System.Collections.Concurrent;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// Writes whose answer never came, with the server they were sent to: only that one knows at once what became of them. Kept in
/// memory, the oldest forgotten first; after a restart the server that answers is asked.
/// </summary>
internal sealed class SentWrites
{
    private const int Maximum = 1024;

    private readonly ConcurrentDictionary<Key, SentWrite> _byKey = new();
    private readonly ConcurrentQueue<Key> _inOrder = new();

    public void Remember(DirectoryWrite write, WriteTarget? target, LdapServer? server, DateTimeOffset when)
    {
        var key = KeyOf(write, target);
        _byKey[key] = new SentWrite(server, when);
        _inOrder.Enqueue(key);
        while (_inOrder.Count > Maximum && _inOrder.TryDequeue(out var oldest))
        {
            _byKey.TryRemove(oldest, out _);
        }
    }

    /// <summary>Null for a write that was answered, or never sent, as far as this process knows.</summary>
    public SentWrite? Find(DirectoryWrite write, WriteTarget? target) => _byKey.GetValueOrDefault(KeyOf(write, target));

    public void Forget(DirectoryWrite write, WriteTarget? target) => _byKey.TryRemove(KeyOf(write, target), out _);

    private static Key KeyOf(DirectoryWrite write, WriteTarget? target)
    {
        var steps = write.Steps.ToList();
        return new Key(
            write is DirectoryWrite.CreateGroup create ? create.Marker : target?.GroupId ?? Guid.Empty,
            write.GetType(), write.Ordinal, steps.Count == 0 ? -1 : steps.Min(), steps.Count);
    }

    private readonly record struct Key(Guid Id, Type Kind, int Ordinal, int FirstStep, int Steps);
}

/// <summary>Where and when a write was sent.</summary>
internal sealed record SentWrite(LdapServer? Server, DateTimeOffset When);
