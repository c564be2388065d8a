using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Programme.Coverage;

/// <summary>One kind of small country; each is made many times.</summary>
/// <param name="Name">Its name, on the command line and in results.</param>
/// <param name="What">What is special about it.</param>
/// <param name="Methods">The methods that its countries run in turn.</param>
internal sealed record StudyCase(string Name, string What, IReadOnlyList<string> Methods)
{
    /// <summary>Whether the method does nothing in any municipality.</summary>
    public bool IsWithoutEffect { get; init; }

    /// <summary>Where comparison persons come from.</summary>
    public ComparisonPool Pool { get; init; } = ComparisonPool.OwnOrganisation;

    /// <summary>Persons in the target group who do not take part, for each participant.</summary>
    public double PoolRatio { get; init; } = 5;

    /// <summary>Quarters in which persons start; from two on, half of them make an interim look.</summary>
    public int StartQuarters { get; init; } = 2;

    /// <summary>Municipalities.</summary>
    public int Municipalities { get; init; } = 8;

    /// <summary>The fewest wished participants of a municipality.</summary>
    public int Fewest { get; init; } = 40;

    /// <summary>The most.</summary>
    public int Most { get; init; } = 150;

    private static string[] WithEffect { get; } = ["ips", "supported-employment", "mst", "fft", "skolfam"];

    /// <summary>All cases.</summary>
    public static IReadOnlyList<StudyCase> All { get; } =
    [
        new("own-pool", "comparison persons of the own municipality, five for each participant", WithEffect),
        new("small-pool", "comparison persons of the whole country, shared, and only two for each participant", WithEffect)
        {
            Pool = ComparisonPool.Project, PoolRatio = 2,
        },
        new("no-effect", "as own-pool, and nobody's outcome is changed", [.. WithEffect, "tfco", "komet"]) { IsWithoutEffect = true },
        new("no-effect-small-pool", "as small-pool, and nobody's outcome is changed", [.. WithEffect, "tfco", "komet"])
        {
            IsWithoutEffect = true, Pool = ComparisonPool.Project, PoolRatio = 2,
        },
    ];

    /// <summary>The method of a country.</summary>
    public string MethodOf(int number) => Methods[number % Methods.Count];

    /// <summary>How a country is made.</summary>
    public SmallCountryOptions OptionsOf(int number, ulong seed) => new()
    {
        Seed = seed,
        Method = MethodOf(number),
        Municipalities = Municipalities,
        Fewest = Fewest,
        Most = Most,
        PoolRatio = PoolRatio,
        StartQuarters = StartQuarters,
        MeanMultiplier = IsWithoutEffect ? 0 : 1,
    };
}
