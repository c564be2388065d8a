using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>Everything a demo found.</summary>
/// <param name="Receipts">The receipts, in the order sent.</param>
/// <param name="Effects">All released effects, as the hub lists them.</param>
/// <param name="Checks">The NSW numbers against R's.</param>
/// <param name="Known">The made country's true effects.</param>
/// <param name="Municipalities">Names of the made municipalities by code.</param>
/// <param name="Methods">The made country's methods by code, with their names, in the order of the plans.</param>
/// <param name="GrpcAddress">Where the hub speaks gRPC.</param>
/// <param name="JsonAddress">Where it speaks JSON.</param>
/// <param name="Elapsed">From start to the last run's end.</param>
internal sealed record DemoResult(
    IReadOnlyList<Receipt> Receipts,
    IReadOnlyList<Effect> Effects,
    ReferenceChecks Checks,
    KnownEffects Known,
    IReadOnlyDictionary<string, string> Municipalities,
    IReadOnlyList<(string Code, Domain.BilingualText Name)> Methods,
    string GrpcAddress,
    string JsonAddress,
    TimeSpan Elapsed)
{
    /// <summary>One method all the way to kronor; null when the country has no such method.</summary>
    public MethodStory? Story { get; init; }

    public const string NswOrganisation = "9901";

    public IEnumerable<Effect> Nsw => Effects.Where(e => e.Organisation == NswOrganisation);

    public IEnumerable<Effect> Country => Effects.Where(e => Municipalities.ContainsKey(e.Organisation));

    /// <summary>The made country's headlines.</summary>
    public CountryCount Count()
    {
        var headlines = Country.Where(e => e.Role == EstimateRole.Headline).ToArray();
        var judged = headlines.Select(Known.IsCovered).OfType<bool>().ToArray();
        return new CountryCount(
            headlines.Length,
            headlines.Count(e => e.ResultCase == Effect.ResultOneofCase.Estimate),
            headlines.Count(e => e.ResultCase == Effect.ResultOneofCase.NotEstimable),
            headlines.Count(e => e.ResultCase == Effect.ResultOneofCase.Withheld),
            judged.Length,
            judged.Count(c => c));
    }
}

/// <summary>What came of the made country's plans.</summary>
internal sealed record CountryCount(int Plans, int Estimated, int NotEstimable, int Withheld, int Intervals, int Covering);
