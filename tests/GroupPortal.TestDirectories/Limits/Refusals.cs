namespace GroupPortal.TestDirectories.Limits;

/// <summary>Which of the next requests are refused, and with what.</summary>
internal sealed class Refusals
{
    public const int Busy = 51;
    public const int Unavailable = 52;

    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];

    /// <summary>The next of these requests, so many.</summary>
    public void Add(int code, int count, RequestKinds kinds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Add(new Rule(code, count, Every: 1, kinds));
    }

    /// <summary>One in so many of these requests, for ever.</summary>
    public void AddEvery(int code, int every, RequestKinds kinds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Add(new Rule(code, int.MaxValue, every, kinds));
    }

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    /// <summary>The code to answer; null to go on.</summary>
    public int? Next(LdapOperation operation)
    {
        var kind = KindOf(operation);
        lock (_gate)
        {
            foreach (var rule in _rules)
            {
                if ((rule.Kinds & kind) != RequestKinds.None && ++rule.Seen % rule.Every == 0)
                {
                    if (--rule.Left == 0)
                    {
                        _rules.Remove(rule);
                    }

                    return rule.Code;
                }
            }

            return null;
        }
    }

    private static RequestKinds KindOf(LdapOperation operation) => operation switch
    {
        LdapOperation.Unbind or LdapOperation.Abandon => RequestKinds.None,
        LdapOperation.Bind => RequestKinds.Binds,
        LdapOperation.Search => RequestKinds.Searches,
        LdapOperation.Modify or LdapOperation.Add or LdapOperation.Delete or LdapOperation.Rename => RequestKinds.Writes,
        _ => RequestKinds.Others,
    };

    private void Add(Rule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }
    }

    private sealed record Rule(int Code, int Count, int Every, RequestKinds Kinds)
    {
        public int Left { get; set; } = Count;

        public int Seen { get; set; }
    }
}
