using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Company;

/// <summary>Fills a new tenant.</summary>
internal static class SampleCompany
{
    public static void Fill(Tenant tenant)
    {
        if (tenant.Options.People == 0)
        {
            return;
        }

        var people = Staff.Add(tenant);
        var others = Belongings.Add(tenant);
        CompanyGroups.Add(tenant, people, others);
    }
}
