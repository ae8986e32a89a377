namespace GroupPortal.GraphEmulation.Company;

internal static class Words
{
    public const string CompanyName = "Fennimore & Lisle";

    public static readonly string[] GivenNames =
    [
        "Abigail", "Bruno", "Cecilia", "Dario", "Eleni", "Farid", "Gwen", "Halima", "Igor", "Jorge", "Katrin", "Lamar", "Monika", "Nils", "Odette",
        "Pavel", "Quentin", "Rosalind", "Stellan", "Tamsin", "Ursula", "Viola", "Wendell", "Ximena", "Yannick", "Zora", "Amadou", "Brigid", "Cosmin",
        "Dagny", "Elodie", "Fergus",
    ];

    public static readonly string[] Surnames =
    [
        "Achterberg", "Bellweather", "Calloway", "Drummond", "Esposito", "Falkenrath", "Grantham", "Holloway", "Ivarsson", "Juárez", "Kessler", "Lindqvist",
        "Marchand", "Nakamura", "Oyelaran", "Pemberton", "Quiroga", "Rosenthal", "Sandoval", "Thackeray", "Underhill", "Valente", "Whitlock", "Xanthos",
        "Yardley", "Zieliński", "Ainsworth", "Björnstad", "Castellane", "Delacroix", "Ekström", "O'Hara", "van Dijk",
    ];

    public static readonly (string Name, string Title)[] Departments =
    [
        ("IT", "Systems Engineer"), ("Sales", "Account Executive"), ("Finance", "Accountant"), ("Human Resources", "HR Partner"), ("Research", "Scientist"),
        ("Production", "Technician"), ("Marketing", "Brand Specialist"), ("Legal", "Counsel"),
    ];

    public static readonly (string City, string Country, string Usage, string Language, string Postal, string Street)[] Offices =
    [
        ("Turin", "Italy", "IT", "it-IT", "10121", "Via Lagrange 4"), ("Leeds", "United Kingdom", "GB", "en-GB", "LS1 4DY", "12 Park Row"),
        ("Graz", "Austria", "AT", "de-AT", "8010", "Herrengasse 9"), ("Lyon", "France", "FR", "fr-FR", "69002", "7 rue Mercière"),
        ("Denver", "United States", "US", "en-US", "80202", "1600 Larimer Street"),
    ];
}
