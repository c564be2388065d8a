using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Programme.Lab;

namespace SiOutcomeLab.Programme.Reproducing;

/// <summary>A small country whose plans have been run at all their looks, and what its organisations do to their data afterwards.</summary>
internal sealed class PublishedCountry(string folder, ulong seed)
{
    public const int Municipalities = 4;

    private static readonly DateOnly Afterwards = new(2024, 6, 1);
    private readonly SmallCountry _small = SmallCountry.Make(Options(seed));
    private readonly string _lab = folder;

    /// <summary>The day on which a person is erased.</summary>
    public static DateOnly ErasedOn { get; } = new(2024, 9, 2);

    /// <summary>Opens a country's lab, as a hub does that starts.</summary>
    public static Task<CountryLab> OpenAsync(string folder, int readThreads, CancellationToken cancellationToken) =>
        CountryLab.OpenAsync(folder, Afterwards, 512L << 20, readThreads, cancellationToken);

    /// <summary>Everything delivered, registered and run.</summary>
    /// <returns>How many runs.</returns>
    public async Task<int> PublishAsync(CancellationToken cancellationToken)
    {
        var plans = Enumerable.Range(0, Municipalities).Select(_small.PlanOf).ToArray();
        var first = plans.Min(p => p.FirstIndex);
        await using var lab = await CountryLab.OpenAsync(_lab, first.Start, 512L << 20, 1, cancellationToken);
        foreach (var design in _small.Country.Designs) await lab.RegisterInterventionsAsync(design, cancellationToken);
        var delivered = Wave.QuarterOf(first) - 1;
        await DeliverAsync(lab, new Wave(0, delivered), cancellationToken);
        foreach (var plan in plans) await lab.RegisterAsync(plan, cancellationToken);
        var runs = 0;
        foreach (var look in plans[0].Looks)
        {
            var through = Wave.QuarterOf(look.LastIndex) + plans[0].Primary.HorizonPeriods;
            await DeliverAsync(lab, new Wave(delivered + 1, through), cancellationToken);
            delivered = through;
            lab.Clock.SetTo(look.DueOn);
            runs += await lab.RunDueAsync(cancellationToken);
        }

        return runs;
    }

    /// <summary>
    /// The first municipality replaces its first delivery by one with other numbers and the second takes its first delivery back, so that
    /// what is live is no run's snapshot any more.
    /// </summary>
    public async Task ChangeAsync(CancellationToken cancellationToken)
    {
        await using var lab = await OpenAsync(_lab, 1, cancellationToken);
        var first = Wave.QuarterOf(_small.PlanOf(0).FirstIndex) - 1;
        var other = SmallCountry.Make(Options(seed + 1));
        var renewed = DeliveryBytes.Of(other.Country, other.Municipalities, new Wave(0, first)).First(d => d.Manifest.Organisation == Organisation(0));
        var replaced = await EarliestAsync(lab, 0, cancellationToken);
        var manifest = renewed.Manifest with { Supersedes = replaced };
        await lab.SendAsync(manifest, renewed.Observations, renewed.Participations, cancellationToken);
        var takenBack = await EarliestAsync(lab, 1, cancellationToken);
        await lab.Catalogue.Submissions.WithdrawAsync(Organisation(1), takenBack, lab.Clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>A participant of the last municipality is erased.</summary>
    /// <returns>The organisation.</returns>
    public async Task<OrganisationId> EraseAsync(CancellationToken cancellationToken)
    {
        await using var lab = await OpenAsync(_lab, 1, cancellationToken);
        lab.Clock.SetTo(ErasedOn);
        var municipality = _small.Municipalities[^1];
        var people = municipality.Populations.First(p => p.Participants.Count > 0);
        var person = _small.Country.Pseudonym(people, people.Participants[0].Person);
        var caller = new Caller(Organisation(Municipalities - 1), "programme", new HashSet<Role> { Role.Submitter });
        var outcome = await lab.Erasure.EraseAsync(caller, MadeCountry.Project, person, cancellationToken);
        if (outcome.Rows == 0) throw new InvalidOperationException("Nobody was erased.");
        return caller.Organisation;
    }

    private static SmallCountryOptions Options(ulong seed) => new()
    {
        Seed = seed, Municipalities = Municipalities, Fewest = 60, Most = 100, StartQuarters = 2, Method = "mst",
    };

    private OrganisationId Organisation(int municipality) => new(_small.Municipalities[municipality].Place.Code);

    private async Task<string> EarliestAsync(CountryLab lab, int municipality, CancellationToken cancellationToken) =>
        (await lab.Catalogue.Submissions.ListAsync(Organisation(municipality), 0, 1, cancellationToken))[0].Id;

    private async Task DeliverAsync(CountryLab lab, Wave wave, CancellationToken cancellationToken)
    {
        lab.Clock.SetTo(CountryRules.PeriodOf(wave.Last + 1).Start.AddDays(5));
        foreach (var delivery in DeliveryBytes.Of(_small.Country, _small.Municipalities, wave))
        {
            await lab.SendAsync(delivery.Manifest, delivery.Observations, delivery.Participations, cancellationToken);
        }
    }
}
