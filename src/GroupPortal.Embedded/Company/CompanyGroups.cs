namespace GroupPortal.Embedded.Company;

/// <summary>The company's 150 groups: departments, offices, everybody, projects, applications, mailing lists and circles.</summary>
internal sealed class CompanyGroups
{
    private static readonly GroupStyle[] ProjectStyles = [GroupStyle.Team, GroupStyle.Shared, GroupStyle.Security, GroupStyle.Shared];

    private readonly People _people;
    private readonly List<CompanyGroup> _all = [];

    public CompanyGroups(People people)
    {
        _people = people;
        AddDepartments();
        AddOffices();
        AddProjects();
        AddApplications();
        AddLists();
        AddCircles();
    }

    public IReadOnlyList<CompanyGroup> All => _all;

    private void AddDepartments()
    {
        for (var department = 0; department < Words.Departments.Length; department++)
        {
            var (name, _, _, _) = Words.Departments[department];
            var everybody = _people.All.Where(person => person.Department == department).Select(person => person.Index).ToList();
            var head = _people.InDepartment(department) is [var first, ..] ? first : 0;
            Add($"{name} Department", GroupStyle.Security, $"Everybody in {name}", [head], everybody);
        }
    }

    private void AddOffices()
    {
        foreach (var office in Words.Offices)
        {
            var everybody = _people.All.Where(person => person.Office == office).Select(person => person.Index).ToList();
            Add($"{office} Office", GroupStyle.Distribution, $"News for the {office} office", [everybody is [var first, ..] ? first : 0], everybody);
        }

        Add("All Staff", GroupStyle.Distribution, "Everybody with an enabled account", [0], [.. _people.All.Where(person => person.Enabled).Select(person => person.Index)]);
    }

    private void AddProjects()
    {
        for (var number = 0; number < Words.Projects.Length; number++)
        {
            var (owners, members) = Some(8, 40);
            var owner = number < 3 ? _people.IndexOf("uma") : owners[0];
            Add($"Project {Words.Projects[number]}", ProjectStyles[number % ProjectStyles.Length], $"People working on {Words.Projects[number]}", [owner, .. owners.Skip(1)], [owner, .. members]);
        }
    }

    private void AddApplications()
    {
        for (var number = 0; number < Words.Applications.Length; number++)
        {
            var (owners, members) = Some(3, 15);
            var departments = new[] { number % Words.Departments.Length, (number * 5 + 3) % Words.Departments.Length }.Distinct().ToArray();
            Add($"App {Words.Applications[number]} Users", GroupStyle.Access, $"May use {Words.Applications[number]}", owners, members, departments);
        }
    }

    private void AddLists()
    {
        for (var number = 0; number < Words.Lists.Length; number++)
        {
            var (owners, members) = Some(20, 120);
            Add(Words.Lists[number], GroupStyle.Distribution, $"Mailing list: {Words.Lists[number]}", number < 2 ? [_people.IndexOf("hal")] : owners, members);
        }
    }

    private void AddCircles()
    {
        for (var number = 0; number < Words.Circles.Length; number++)
        {
            var (owners, members) = Some(5, 25);
            Add(Words.Circles[number], number % 3 == 0 ? GroupStyle.Team : GroupStyle.Shared, $"{Words.Circles[number]}, across departments", owners, members);
        }
    }

    /// <summary>One or two owners and some members, by the index of the group that comes next.</summary>
    private (List<int> Owners, List<int> Members) Some(int fewest, int most)
    {
        var numbers = SplitMix.For(Subject.Group, _all.Count);
        var wanted = fewest + numbers.Below(most - fewest);
        var members = new List<int>(wanted);
        for (var index = 0; index < wanted; index++)
        {
            members.Add(numbers.Below(_people.All.Count));
        }

        return ([.. members.Where(member => _people.All[member].Enabled).Distinct().Take(1 + numbers.Below(2)).DefaultIfEmpty(0)], members);
    }

    private void Add(
        string name, GroupStyle style, string description, IReadOnlyList<int> owners, IReadOnlyCollection<int> members, IReadOnlyList<int>? nested = null) =>
        _all.Add(new CompanyGroup(_all.Count, name, style, description, [.. owners.Distinct()], [.. members.Distinct()], nested ?? []));
}
