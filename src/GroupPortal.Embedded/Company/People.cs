using System.Globalization;
using System.Text;

namespace GroupPortal.Embedded.Company;

/// <summary>
/// The company's people. Everybody is worked out from his index alone and those before him, so that a larger company
/// begins with the same people as a smaller one. The four demo accounts come right after the chief executive, then one
/// head per department.
/// </summary>
internal sealed class People
{
    /// <summary>The head of information technology: the sample requests name this person as owner by GUID.</summary>
    public const int SampleOwner = 5;

    private const int FirstHead = 5;
    private const int ReportsPerManager = 7;

    private static readonly (string Name, string Account, int Department, string Title)[] Demo =
    [
        ("Ada Winter", "ada", 0, "Directory Administrator"),
        ("Ida Sommer", "ida", 0, "Directory Administrator"),
        ("Hal Reyes", "hal", 1, "Senior Support Analyst"),
        ("Uma Devi", "uma", 2, "Engineering Manager"),
    ];

    private readonly List<Person> _all = [];
    private readonly HashSet<string> _accounts = new(["administrator", "guest", "krbtgt", .. Demo.Select(demo => demo.Account)], StringComparer.Ordinal);
    private readonly List<int>[] _byDepartment = [.. Words.Departments.Select(_ => new List<int>())];

    public People(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 10);
        for (var index = 0; index < count; index++)
        {
            _all.Add(Make(index, count));
        }
    }

    public IReadOnlyList<Person> All => _all;

    /// <summary>The company in which somebody is looked up by account.</summary>
    public int IndexOf(string account) => _all.FindIndex(person => person.Account == account);

    public IReadOnlyList<int> InDepartment(int department) => _byDepartment[department];

    public static long CreatedOf(ref SplitMix numbers) =>
        new DateTime(2019, 3, 4, 8, 0, 0, DateTimeKind.Utc).AddMinutes(numbers.Below(6 * 365 * 24 * 60)).Ticks;

    /// <summary>Letters of any Latin alphabet as ASCII, for account names.</summary>
    public static string Ascii(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            var plain = character switch { 'ø' => 'o', 'ł' => 'l', 'ı' => 'i', 'đ' => 'd', 'ð' => 'd', 'æ' => 'a', 'ß' => 's', _ => character };
            if (char.IsAsciiLetterOrDigit(plain))
            {
                text.Append(plain);
            }
        }

        return text.ToString();
    }

    private Person Make(int index, int count)
    {
        var numbers = SplitMix.For(Subject.Person, index);
        var first = numbers.Pick(Words.FirstNames);
        var last = numbers.Pick(Words.LastNames);
        var office = numbers.Pick(Words.Offices);
        var created = CreatedOf(ref numbers);
        var disabled = numbers.Chance(3);
        if (index == 0)
        {
            return new Person(0, $"{first} {last}", Account(first, last), 8, "Chief Executive Officer", Words.Offices[0], null, true, created);
        }

        if (index < FirstHead)
        {
            var (name, account, department, title) = Demo[index - 1];
            return new Person(index, name, account, department, title, Words.Offices[index % 3], FirstHead + department < count ? FirstHead + department : 0, true, created);
        }

        var isHead = index < FirstHead + Words.Departments.Length;
        var home = isHead ? index - FirstHead : Department(numbers.Below(100));
        var colleagues = _byDepartment[home];
        var place = colleagues.Count;
        colleagues.Add(index);
        return new Person(
            index,
            $"{first} {last}",
            Account(first, last),
            home,
            Title(home, place, ref numbers),
            office,
            isHead ? 0 : place == 0 ? 0 : colleagues[(place - 1) / ReportsPerManager],
            isHead || !disabled,
            created);
    }

    private static int Department(int percent)
    {
        var department = 0;
        foreach (var (_, _, share, _) in Words.Departments)
        {
            if (percent < share)
            {
                return department;
            }

            percent -= share;
            department++;
        }

        return department - 1;
    }

    /// <summary>By the place in the department's tree of managers: one head, seven directors, 49 managers, then the rest.</summary>
    private static string Title(int department, int place, ref SplitMix numbers)
    {
        var (name, _, _, roles) = Words.Departments[department];
        var role = numbers.Pick(roles);
        var seniority = numbers.Below(10);
        return place switch
        {
            0 => $"Head of {name}",
            <= ReportsPerManager => $"Director, {name}",
            <= ReportsPerManager * (1 + ReportsPerManager) => $"Manager, {name}",
            _ => seniority switch { 0 => $"Lead {role}", <= 3 => $"Senior {role}", <= 8 => role, _ => $"Junior {role}" },
        };
    }

    private string Account(string first, string last)
    {
        var name = $"{Ascii(first)}.{Ascii(last)}";
        name = name.Length > 16 ? name[..16] : name;
        var account = name;
        for (var number = 2; !_accounts.Add(account); number++)
        {
            account = string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
        }

        return account;
    }
}
