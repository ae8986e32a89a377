using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

/// <summary>Objects with few words.</summary>
internal static class People
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Guid Id(int number) => NastyPopulation.Id(number);

    public static ReplicaObject Make(int number, ObjectKind kind, string name, params (string Name, string Value)[] values) =>
        new(Id(number), kind, $"CN={name},OU=People,DC=demo,DC=local", [.. values.Select(value => KeyValuePair.Create<string, IReadOnlyList<string>>(value.Name, [value.Value]))]);

    public static ReplicaTable Table(params IReadOnlyList<ReplicaObject> objects)
    {
        var table = new ReplicaTable(CriteriaVocabulary.For(StoreKind.ActiveDirectory));
        table.Apply(new ReplicaPage(objects, [], string.Empty, HasMore: false));
        return table;
    }

    public static IReadOnlyList<int> Numbers(this ReplicaTable table, Func<ReplicaView, RowSet> ask) =>
        table.Read(view => ask(view).Rows().Select(row => Number(view.IdOf(row))).Order().ToList());

    public static int Number(Guid id) => Convert.ToInt32(id.ToString("D")[..8], 16);
}
