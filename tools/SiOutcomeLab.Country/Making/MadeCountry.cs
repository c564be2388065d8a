using System.Text;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Places;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Country.Making;

/// <summary>
/// A country whose effects are known because they were put there. Each municipality has streams of random numbers of its own, and is the
/// same whether it is made alone or with all others; nothing is held but what was asked for. Safe for several threads.
/// </summary>
public sealed class MadeCountry
{
    private const ulong LevelPart = 0x1E7E1;
    private const ulong GroupPart = 0x620;
    private readonly Lazy<PopulationTerms[]>[] _terms;
    private readonly Lazy<Arrival[][]> _arrivals;
    private readonly Moves _moves;
    private readonly Dictionary<string, int> _placeOf;

    /// <summary>Sets a country up; nothing is made yet.</summary>
    /// <param name="rules">What is the same everywhere.</param>
    /// <param name="designs">Its municipalities, at most 290, each once.</param>
    public MadeCountry(CountryRules rules, IReadOnlyList<MunicipalityDesign> designs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rules.Quarters, 20, nameof(rules));
        Rules = rules;
        Designs = designs;
        _moves = new Moves(rules, [.. designs.Select(d => d.Place)]);
        _placeOf = designs.Select((d, at) => (d.Place.Code, at)).ToDictionary(p => p.Code, p => p.at, StringComparer.Ordinal);
        _terms = [.. Enumerable.Range(0, designs.Count).Select(at => new Lazy<PopulationTerms[]>(() => MakeTerms(at)))];
        _arrivals = new Lazy<Arrival[][]>(FindArrivals);
    }

    /// <summary>The project that all data belong to: one pseudonym key for municipalities, regions and agencies.</summary>
    public static ProjectId Project { get; } = new("country");

    /// <summary>The id of the key that the pseudonyms are made with.</summary>
    public static string KeyId { get; } = ProjectKey.IdOf(TeachingKey);

    /// <summary>What is the same everywhere.</summary>
    public CountryRules Rules { get; }

    /// <summary>The municipalities, as they were meant.</summary>
    public IReadOnlyList<MunicipalityDesign> Designs { get; }

    /// <summary>Published on purpose: nobody stands behind the pseudonyms.</summary>
    private static ReadOnlySpan<byte> TeachingKey => "SiOutcomeLab teaching key: country. Not a secret."u8;

    /// <summary>Makes a municipality.</summary>
    /// <param name="code">Its code.</param>
    /// <exception cref="ArgumentException">The country has no such municipality.</exception>
    public MadeMunicipality Make(string code)
    {
        if (!_placeOf.TryGetValue(code, out var place)) throw new ArgumentException($"The country has no municipality {code}.", nameof(code));
        var populations = Programme.Populations.All;
        return new MadeMunicipality(Designs[place], [.. Enumerable.Range(0, populations.Count).Select(at => MakePopulation(place, at))]);
    }

    /// <summary>A person's pseudonym: the same wherever the person lives and whoever reports.</summary>
    /// <param name="population">The population.</param>
    /// <param name="person">The person's place in it.</param>
    public PersonId Pseudonym(MadePopulation population, int person)
    {
        var (place, number) = population.Origins[person];
        Span<byte> name = stackalloc byte[64];
        return System.Text.Unicode.Utf8.TryWrite(name, $"{Designs[place].Place.Code}-{population.Population.Code}-{number}", out var length)
            ? Pseudonyms.Of(TeachingKey, name[..length])
            : throw new InvalidOperationException("A made person's name is short.");
    }

    /// <summary>What a municipality does with a population.</summary>
    internal PopulationTerms TermsOf(int place, int population) => _terms[place].Value[population];

    internal ulong SeedOf(int place, int population, int number) => Xoshiro.Mix(
        Xoshiro.Mix(Rules.Seed, (Designs[place].Place.Number * 16) + (ulong)population + 1), (ulong)number + 1);

    private PopulationTerms[] MakeTerms(int place)
    {
        var terms = Programme.Populations.All.Select(p => new PopulationTerms(p)).ToArray();
        for (var at = 0; at < terms.Length; at++)
        {
            var population = at;
            var own = terms[at];
            var seed = Xoshiro.Mix(Rules.Seed, (Designs[place].Place.Number * 16) + (ulong)at + 1);
            var level = new Xoshiro(Xoshiro.Mix(seed, LevelPart));
            for (var k = 0; k < own.Levels.Length; k++) own.Levels[k] = Rules.LevelSpread * level.Normal();
            for (var slot = 0; slot < own.Slots.Length; slot++)
            {
                var design = Designs[place].Interventions.FirstOrDefault(i => i.Method == own.Population.Methods[slot]);
                if (design is not null) own.Slots[slot] = new SlotTerms(design, Xoshiro.Mix(seed, GroupPart + (ulong)slot));
            }

            StartCalibration.Run(own, Rules, Designs[place].Persons[at], i => SeedOf(place, population, i));
        }

        return terms;
    }

    private MadePopulation MakePopulation(int place, int at)
    {
        var terms = _terms[place].Value[at];
        var own = Designs[place].Persons[at];
        var arrivals = Rules.MoverShare > 0 ? _arrivals.Value[place].Where(a => a.Population == at).ToArray() : [];
        var made = new MadePopulation(at, own, own + arrivals.Length, Rules.Quarters);
        var simulator = new PersonSimulator(terms, Rules);
        var participants = new List<Participant>();
        for (var i = 0; i < own; i++)
        {
            var move = _moves.Of(SeedOf(place, at, i), place);
            Settle(made, i, (place, i), simulator, move, arrived: false);
            for (var slot = 0; slot < simulator.Slots; slot++)
            {
                if (made.Start(i, slot) >= 0) participants.Add(ParticipantOf(made, i, slot, simulator, move));
            }
        }

        for (var j = 0; j < arrivals.Length; j++)
        {
            var from = arrivals[j];
            Settle(
                made, own + j, (from.From, from.Number), new PersonSimulator(_terms[from.From].Value[at], Rules), from.Move, arrived: true);
        }

        made.Participants = participants;
        return made;
    }

    private void Settle(
        MadePopulation made, int person, (int Place, int Number) origin, PersonSimulator simulator, Move? move, bool arrived)
    {
        var (width, slots) = (simulator.Measures * Rules.Quarters, simulator.Slots);
        var traits = simulator.Live(
            SeedOf(origin.Place, made.Index, origin.Number), LastStart(move), WorldRule.None, made.Values.AsSpan(person * width, width),
            made.Starts.AsSpan(person * slots, slots));
        made.Traits[person] = traits;
        made.Origins[person] = origin;
        var followed = Math.Min(traits.LastQuarter, Rules.Quarters - 1);
        made.Followed[person] = (short)followed;
        var moves = move is { } m && m.Quarter <= followed;
        made.First[person] = (short)(arrived ? move!.Value.Quarter : 0);
        made.Last[person] = (short)(arrived || !moves ? followed : move!.Value.Quarter - (move.Value.Overlaps ? 0 : 1));
        made.Moved[person] = (short)(arrived || !moves ? Rules.Quarters : move!.Value.Quarter);
    }

    private Participant ParticipantOf(MadePopulation made, int person, int slot, PersonSimulator simulator, Move? move)
    {
        var (place, number) = made.Origins[person];
        var seed = SeedOf(place, made.Index, number);
        var width = simulator.Measures * Rules.Quarters;
        var quarter = made.Start(person, slot);
        var method = made.Population.Methods[slot];
        var lived = made.Values.AsSpan(person * width, width);
        float[] notThen = new float[width], never = new float[width];
        Span<int> starts = stackalloc int[simulator.Slots];
        simulator.Live(seed, LastStart(move), new WorldRule(slot, quarter, quarter), notThen, starts);
        simulator.Live(seed, LastStart(move), new WorldRule(slot, 0, Rules.Quarters), never, starts);
        var start = CountryRules.PeriodOf(quarter).Start.AddDays((int)(Xoshiro.UniformOf(Xoshiro.Mix(seed, (ulong)slot + 0xDA7E)) * 90));
        return new Participant(
            method, person, quarter, simulator.InTarget(slot, quarter, lived), simulator.GroupOf(slot, seed), start, made.Followed[person],
            (made.Values, person * width, notThen, never), Rules.Quarters);
    }

    private static int LastStart(Move? move) => move is { } m ? m.Quarter - 1 : int.MaxValue;

    private Arrival[][] FindArrivals()
    {
        var arrivals = Designs.Select(_ => new List<Arrival>()).ToArray();
        for (var place = 0; place < Designs.Count; place++)
        {
            for (var population = 0; population < Designs[place].Persons.Count; population++)
            {
                for (var number = 0; number < Designs[place].Persons[population]; number++)
                {
                    var seed = SeedOf(place, population, number);
                    if (_moves.Of(seed, place) is not { } move) continue;
                    var random = new Xoshiro(seed);
                    // Who has left before the move arrives nowhere.
                    var traits = PersonTraits.Draw(ref random, Programme.Populations.All[population], Rules);
                    if (traits.LastQuarter >= move.Quarter) arrivals[move.To].Add(new Arrival(place, population, number, move));
                }
            }
        }

        return [.. arrivals.Select(a => a.ToArray())];
    }

    private readonly record struct Arrival(int From, int Population, int Number, Move Move);
}
