using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Places;
using SiOutcomeLab.Country.Planning;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Country.Trials;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Small;

/// <summary>A small made country, in memory.</summary>
public sealed class SmallCountry
{
    private const ulong DesignPart = 0x5A11;

    // Persons asked for the share in the target group; the same for every country, so that the numbers do not depend on the seed.
    private const int AskedForShare = 4000;
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, double> ShareInTarget = new(StringComparer.Ordinal);

    private SmallCountry(MadeCountry country, Method method)
    {
        (Country, Method) = (country, method);
        Municipalities = [.. country.Designs.Select(d => country.Make(d.Place.Code))];
    }

    /// <summary>The country, for pseudonyms and rules.</summary>
    public MadeCountry Country { get; }

    /// <summary>The method that all run.</summary>
    public Method Method { get; }

    /// <summary>Its municipalities, made.</summary>
    public IReadOnlyList<MadeMunicipality> Municipalities { get; }

    /// <summary>Makes a country.</summary>
    /// <param name="options">How.</param>
    public static SmallCountry Make(SmallCountryOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QuartersBefore, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Municipalities, Sweden.Places.Count, nameof(options));
        var rules = options.Rules with
        {
            Seed = options.Seed,
            Quarters = options.QuartersBefore + options.StartQuarters + options.Horizon,
        };
        var method = Populations.Of(options.Method).Methods.Single(m => m.Code == options.Method);
        var designs = new List<MunicipalityDesign>();
        for (var at = 0; at < options.Municipalities; at++)
        {
            var place = Sweden.Places[at * (Sweden.Places.Count / options.Municipalities)];
            designs.Add(DesignOf(place, at, method, options));
        }

        return new SmallCountry(new MadeCountry(rules, designs), method);
    }

    /// <summary>The plan of one of the municipalities.</summary>
    /// <param name="municipality">Its place in <see cref="Municipalities"/>.</param>
    public EvaluationPlan PlanOf(int municipality)
    {
        var design = Country.Designs[municipality];
        return CountryPlans.PlanOf(design, design.Interventions[0]);
    }

    /// <summary>The emulated trials of one of the municipalities' plans.</summary>
    /// <param name="municipality">Its place in <see cref="Municipalities"/>.</param>
    /// <param name="outcome">The outcome; the method's primary one when null.</param>
    /// <param name="wholePool">Whether comparison persons come from all municipalities or from its own.</param>
    public TrialTable Trials(int municipality, OutcomeDefinition? outcome = null, bool wholePool = false) => TrialTable.Of(
        Municipalities[municipality], wholePool ? Municipalities : [Municipalities[municipality]], Method.Code, outcome ?? Method.Primary);

    private static MunicipalityDesign DesignOf(Place place, int at, Method method, SmallCountryOptions options)
    {
        var random = new Xoshiro(Xoshiro.Mix(Xoshiro.Mix(options.Seed, (ulong)at), DesignPart));
        double size = random.Uniform(), effect = random.Normal();
        var wanted = options.Participants is { } given
            ? given[at % given.Count]
            : options.Fewest + (int)(size * (options.Most - options.Fewest + 1));
        var persons = (int)(wanted * (1 + options.PoolRatio) / ShareInTarget.GetOrAdd(method.Code, _ => ShareOf(method)));
        var last = options.QuartersBefore + options.StartQuarters - 1;
        return new MunicipalityDesign(
            place,
            [.. Populations.All.Select(p => p.Methods.Contains(method) ? persons : 0)],
            [
                new InterventionDesign(
                    method, options.QuartersBefore, last, wanted,
                    options.MeanMultiplier == 0 ? 0 : options.MeanMultiplier + (options.MultiplierSpread * effect)),
            ]);
    }

    /// <summary>The share of a population that is in the method's target group in a quarter when nobody has started anything.</summary>
    private static double ShareOf(Method method)
    {
        var population = Populations.Of(method.Code);
        var rules = new CountryRules { Quarters = 5 };
        var slot = population.Methods.ToList().IndexOf(method);
        var simulator = new PersonSimulator(new PopulationTerms(population), rules);
        var values = new float[simulator.Measures * rules.Quarters];
        Span<int> starts = stackalloc int[simulator.Slots];
        var within = 0;
        for (var i = 0; i < AskedForShare; i++)
        {
            simulator.Live(Xoshiro.Mix(DesignPart, (ulong)i), -1, WorldRule.None, values, starts);
            within += simulator.InTarget(slot, 4, values) ? 1 : 0;
        }

        return within / (double)AskedForShare;
    }
}
