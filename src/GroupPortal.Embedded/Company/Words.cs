namespace GroupPortal.Embedded.Company;

/// <summary>The words that the company is made of.</summary>
internal static class Words
{
    public const string CompanyName = "Halden & Rook";

    public static readonly string[] FirstNames =
    [
        "Aaliyah", "Adam", "Adèle", "Agnieszka", "Ahmed", "Aiko", "Aleksander", "Alice", "Álvaro", "Amara", "Amélie", "Ana", "Anders", "Andrea",
        "Aneta", "Anil", "Anja", "Anouk", "Antonio", "Anya", "Arjun", "Astrid", "Ayşe", "Beatriz", "Ben", "Birgit", "Björn", "Camila", "Carlos",
        "Catarina", "Cem", "Chiara", "Chloé", "Chidi", "Clara", "Daan", "Daniel", "Daria", "David", "Deepa", "Diego", "Dilan", "Dmitri", "Dorota",
        "Edith", "Efua", "Eirik", "Elena", "Elias", "Elif", "Emeka", "Emil", "Emma", "Enrique", "Erik", "Esther", "Eva", "Fabian", "Farah",
        "Fatima", "Felix", "Femke", "Filip", "Fiona", "Florian", "Francesca", "Freja", "Gabriel", "Giulia", "Grace", "Greta", "Guillermo",
        "Gustav", "Hana", "Hannah", "Hassan", "Heidi", "Hélène", "Henrik", "Hiroshi", "Hugo", "Ibrahim", "Ignacio", "Ilse", "Ines", "Ingrid",
        "Irina", "Isabel", "Ivan", "Jack", "Jakub", "Jana", "Jasmin", "Javier", "Jelena", "Jiří", "Joana", "João", "Johan", "Jonas", "José",
        "Judith", "Julia", "Kaito", "Kamala", "Karim", "Karolína", "Katarzyna", "Keiko", "Kenji", "Kerstin", "Klaus", "Kofi", "Lars", "Laura",
        "Léa", "Leila", "Leon", "Liam", "Lina", "Linh", "Lorenzo", "Luca", "Lucía", "Ludmila", "Luís", "Magnus", "Maja", "Manon", "Marco",
        "Margarethe", "María", "Marek", "Marie", "Mateo", "Mathilde", "Matteo", "Maxime", "Mehmet", "Mei", "Michał", "Miguel", "Mila", "Milan",
        "Mina", "Miriam", "Mohammed", "Nadia", "Naomi", "Neha", "Nia", "Niamh", "Nico", "Nina", "Noah", "Noémie", "Nuno", "Olga", "Oliver",
        "Oluwaseun", "Omar", "Oskar", "Pablo", "Paolo", "Patrick", "Paula", "Pedro", "Petra", "Piotr", "Priya", "Rafael", "Rania", "Ravi",
        "Rebecca", "Renée", "Ricardo", "Rohan", "Rosa", "Ruben", "Ruth", "Saanvi", "Samira", "Samuel", "Sanne", "Sara", "Sebastian", "Selma",
        "Siân", "Simon", "Sofia", "Sören", "Stefan", "Sunita", "Svetlana", "Tariq", "Tereza", "Théo", "Thomas", "Tiago", "Tomáš", "Tove", "Ulrike",
        "Valentina", "Vera", "Victor", "Vikram", "Wanjiru", "William", "Xenia", "Yara", "Yasmin", "Yuki", "Yusuf", "Zainab", "Zeynep", "Zofia", "Zuzana",
    ];

    public static readonly string[] LastNames =
    [
        "Abara", "Abel", "Acar", "Adeyemi", "Aguilar", "Ahlberg", "Almeida", "Álvarez", "Andersson", "Antonov", "Aoki", "Araújo", "Arslan", "Aubert",
        "Bakker", "Barbieri", "Bauer", "Beck", "Benítez", "Berg", "Bianchi", "Björklund", "Blanc", "Boateng", "Böhm", "Bosch", "Boucher", "Brandt",
        "Brennan", "Bruun", "Byrne", "Cabrera", "Campbell", "Cardoso", "Castillo", "Čermák", "Chandra", "Chen", "Clarke", "Coelho", "Colombo",
        "Costa", "Crespo", "Dahl", "Dąbrowski", "Delgado", "Demir", "Desai", "Díaz", "Dietrich", "Doyle", "Dubois", "Dupont", "Dvořák", "Eberhardt",
        "Ek", "Eriksen", "Estévez", "Evans", "Faria", "Farkas", "Fernández", "Ferrari", "Fischer", "Flores", "Fontaine", "Foster", "Frank",
        "Fuchs", "Fujita", "Gallagher", "García", "Gauthier", "Gentile", "Girard", "Gomes", "Graf", "Greco", "Grimaldi", "Gupta", "Gutiérrez",
        "Haddad", "Hagen", "Hansen", "Hartmann", "Hashimoto", "Hayes", "Heikkinen", "Hernández", "Hoffmann", "Holm", "Horváth", "Hughes", "Ibarra",
        "Ikeda", "Ivanov", "Iversen", "Iyer", "Jacobs", "Jankowski", "Jansen", "Jensen", "Jha", "Johansson", "Jones", "Joshi", "Jung", "Kapoor",
        "Karlsson", "Kaya", "Keller", "Kelly", "Khan", "Kim", "Klein", "Kobayashi", "Koch", "Kowalski", "Kozák", "Krämer", "Kruger", "Kumar",
        "Lang", "Larsen", "Laurent", "Lehtonen", "Lewandowski", "Li", "Lind", "Lombardi", "López", "Lorenz", "Lund", "Maas", "Machado", "Maier",
        "Malik", "Mancini", "Marchetti", "Marín", "Martins", "Mbeki", "McCarthy", "Mehta", "Méndez", "Mensah", "Meyer", "Mihai", "Molina", "Moreau",
        "Mori", "Müller", "Murphy", "Mwangi", "Nagy", "Nair", "Navarro", "Neumann", "Nguyen", "Nielsen", "Nkosi", "Novák", "Nowak", "Núñez",
        "O'Connor", "O'Neill", "Okafor", "Olsen", "Onyango", "Ortega", "Osei", "Otto", "Öztürk", "Pálsson", "Papadakis", "Patel", "Pavlov",
        "Pellegrini", "Peña", "Pereira", "Petersen", "Pham", "Pinto", "Popescu", "Prasad", "Quinn", "Ramírez", "Rao", "Rasmussen", "Reinhardt",
        "Ricci", "Richter", "Rinaldi", "Ríos", "Rivera", "Roberts", "Rossi", "Roux", "Ruiz", "Russo", "Saïd", "Salazar", "Santos", "Sato", "Schäfer",
        "Schmidt", "Schneider", "Schulz", "Serrano", "Sharma", "Silva", "Šimek", "Singh", "Sørensen", "Sousa", "Stein", "Suzuki", "Svoboda", "Szabó",
        "Takahashi", "Tanaka", "Tavares", "Taylor", "Thomsen", "Torres", "Tran", "Ueda", "Urban", "Vargas", "Varga", "Vázquez", "Vega", "Verma",
        "Vieira", "Virtanen", "Visser", "Vogel", "de Vries", "Wagner", "Walsh", "Wang", "Weber", "Weiss", "Wieczorek", "Williams", "Winkler",
        "Wójcik", "Wolf", "Wood", "Yamamoto", "Yıldız", "Young", "Zając", "Zhang", "Zieliński", "Zimmermann",
    ];

    /// <summary>With the share of people per hundred.</summary>
    public static readonly (string Name, string Code, int Share, string[] Roles)[] Departments =
    [
        ("Information Technology", "IT", 7, ["Systems Administrator", "Network Engineer", "Identity Engineer"]),
        ("Service Desk", "SD", 4, ["Support Analyst", "Service Desk Agent"]),
        ("Software Engineering", "SWE", 20, ["Software Engineer", "Test Engineer", "Software Architect"]),
        ("Engineering Operations", "EO", 9, ["Site Reliability Engineer", "Release Engineer", "Build Engineer"]),
        ("Product Design", "PD", 6, ["Product Designer", "User Researcher"]),
        ("Sales", "SAL", 15, ["Account Manager", "Sales Engineer", "Sales Representative"]),
        ("Marketing", "MKT", 7, ["Campaign Specialist", "Content Editor"]),
        ("Customer Success", "CS", 10, ["Customer Success Partner", "Onboarding Specialist"]),
        ("Finance", "FIN", 6, ["Accountant", "Financial Analyst", "Controller"]),
        ("Human Resources", "HR", 5, ["People Partner", "Recruiter"]),
        ("Legal", "LEG", 3, ["Counsel", "Contract Specialist"]),
        ("Logistics", "LOG", 8, ["Supply Planner", "Warehouse Coordinator"]),
    ];

    public static readonly string[] Offices =
    [
        "Lisbon", "Rotterdam", "Kraków", "Montréal", "Dublin", "Zürich", "Porto Alegre", "Bengaluru", "Nairobi", "Osaka", "Göteborg", "Austin", "Brno", "Valencia",
    ];

    /// <summary>Of the offices, in their order.</summary>
    private static readonly string[] Countries = ["PT", "NL", "PL", "CA", "IE", "CH", "BR", "IN", "KE", "JP", "SE", "US", "CZ", "ES"];

    public static readonly string[] Projects =
    [
        "Kestrel", "Aurora", "Basalt", "Cobalt", "Driftwood", "Ember", "Falcon", "Glacier", "Harbour", "Indigo", "Juniper", "Kingfisher", "Lantern",
        "Meridian", "Northlight", "Obsidian", "Pinewood", "Quartz", "Riverbend", "Saffron", "Tamarind", "Umbra", "Vesper", "Willow", "Xylem",
        "Yarrow", "Zephyr", "Anchor", "Birchbark", "Cinder", "Dune", "Estuary", "Fjord", "Granite", "Heron", "Isthmus", "Jasper", "Keel", "Lichen",
        "Marlin", "Nimbus", "Orchard", "Pebble", "Quill", "Ridge", "Sextant", "Thicket", "Undertow", "Vellum", "Wren", "Yew", "Zenith", "Amber",
        "Bramble", "Compass", "Dovetail", "Eddy", "Flint", "Gale", "Hollow",
    ];

    public static readonly string[] Applications =
    [
        "Expenses", "Payroll", "Timesheets", "Travel", "Source Control", "Build Farm", "Wiki", "Ticketing", "Billing", "Warehouse", "Data Lake", "Reporting",
        "Contracts", "Recruiting", "Learning", "Monitoring", "Secrets", "Remote Access", "Print", "Badge Access", "Translation", "Web Shop", "Newsletter",
        "Survey", "Archive",
    ];

    public static readonly string[] Lists =
    [
        "Announcements", "Book Club", "Running", "Cycling", "Photography", "Lunch Offers", "Lost and Found", "Parents", "Green Office", "First Aiders",
        "Board Games", "Choir", "Chess", "Football", "Volunteers", "Language Exchange", "Security Notices", "Release Notes", "Incident Reports", "Visitors",
    ];

    public static readonly string[] Circles =
    [
        "Architecture Circle", "Accessibility Circle", "Data Protection Circle", "Quality Circle", "Pricing Circle", "Hiring Circle", "Onboarding Circle",
        "Cloud Cost Circle", "Incident Review", "Change Advisory Board", "Works Council", "Editorial Board", "Privacy Review", "Vendor Review",
        "Design Critique", "Budget Round", "Safety Committee", "Mentoring Programme",
    ];

    public static readonly string[] Partners = ["Northbridge", "Castellan", "Oakhaven", "Pelagia", "Tramontane", "Vireo", "Sundial", "Merrow"];

    public static string CountryOf(string office) => Countries[Array.IndexOf(Offices, office)];

    /// <summary>A title of somebody whom others report to.</summary>
    public static bool IsLeading(string title) =>
        title.StartsWith("Head of ", StringComparison.Ordinal)
        || title.StartsWith("Director, ", StringComparison.Ordinal)
        || title.StartsWith("Manager, ", StringComparison.Ordinal);
}
