using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

public sealed class ReplicaFileTests
{
    [Fact]
    public void What_was_saved_is_loaded_and_can_be_changed_further()
    {
        using var table = Some();
        using var loaded = ReplicaTable.Load(new MemoryStream(Saved(table)), table.Vocabulary);
        Assert.Equal((table.Count, table.Version), (loaded.Count, loaded.Version));
        loaded.Apply(People.Make(7, ObjectKind.User, "Boss"));
        Assert.Equal([1], loaded.Numbers(view => view.Evaluate(new Criterion.Chain("manager", "CN=Boss,OU=People,DC=demo,DC=local", Depth: null), People.Now)));
    }

    [Fact]
    public void Any_damage_is_found()
    {
        using var table = Some();
        var file = Saved(table);
        for (var place = 0; place < file.Length; place++)
        {
            var damaged = file.ToArray();
            damaged[place] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => ReplicaTable.Load(new MemoryStream(damaged), table.Vocabulary));
        }
    }

    [Fact]
    public void A_file_that_was_cut_off_is_refused()
    {
        using var table = Some();
        var file = Saved(table);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ReplicaTable.Load(new MemoryStream(file, 0, length), table.Vocabulary));
        }
    }

    [Fact]
    public void A_file_of_another_vocabulary_is_refused()
    {
        using var table = Some();
        Assert.Throws<InvalidDataException>(() => ReplicaTable.Load(new MemoryStream(Saved(table)), CriteriaVocabulary.For(StoreKind.EntraId)));
    }

    private static ReplicaTable Some() => People.Table(
        People.Make(1, ObjectKind.User, "Ana", ("displayName", "Ana"), ("department", " Sales "), ("manager", "CN=Boss,OU=People,DC=demo,DC=local"), ("whenCreated", "2026-01-01T00:00:00Z")),
        People.Make(2, ObjectKind.Group, "Group", ("managedBy", People.Id(1).ToString("D"))) with { Members = [People.Id(1)], IsProtected = true });

    private static byte[] Saved(ReplicaTable table)
    {
        using var stream = new MemoryStream();
        table.Save(stream);
        return stream.ToArray();
    }
}
