namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>An invented municipality and everybody in its three target groups.</summary>
internal sealed class MadeMunicipality
{
    private const ulong Seed = 20_230_101;

    // The smallest municipality has a handful of participants per method, whatever chance says.
    private const int SmallGroup = 20;
    private const int SmallLeast = 6;
    private const int SmallMost = 9;

    private MadeMunicipality(string code, IReadOnlyList<(MadePopulation, IReadOnlyList<MadePerson>)> groups)
    {
        Code = code;
        Groups = groups;
    }

    public static IReadOnlyList<MadePopulation> Populations { get; } =
        [new JobSupportPopulation(), new SchoolTeamPopulation(), new FamilyTherapyPopulation()];

    /// <summary>Code and persons in each of the three target groups.</summary>
    public static IReadOnlyList<(string Code, int GroupSize)> Sizes { get; } =
    [
        ("9911", SmallGroup), ("9912", 110), ("9913", 130), ("9914", 150), ("9915", 170), ("9916", 190),
        ("9917", 210), ("9918", 250), ("9919", 290), ("9920", 340), ("9921", 420), ("9922", 500),
    ];

    public string Code { get; }

    public IReadOnlyList<(MadePopulation Population, IReadOnlyList<MadePerson> Persons)> Groups { get; }

    public static MadeMunicipality Make(string code, int groupSize)
    {
        var random = new SteadyRandom(Seed + ulong.Parse(code, System.Globalization.CultureInfo.InvariantCulture));
        var groups = new List<(MadePopulation, IReadOnlyList<MadePerson>)>();
        foreach (var population in Populations)
        {
            var effect = population.MeanEffect + (population.EffectSpread * random.Normal());
            var persons = new List<MadePerson>();
            for (var i = 0; i < groupSize; i++) persons.Add(population.Draw($"{code}-{population.Method}-{i:0000}", effect, random));
            ChooseParticipants(population, persons, random);
            foreach (var person in persons) DrawExit(person, population, random);
            groups.Add((population, persons));
        }

        return new MadeMunicipality(code, groups);
    }

    private static void ChooseParticipants(MadePopulation population, List<MadePerson> persons, SteadyRandom random)
    {
        var small = persons.Count <= SmallGroup;
        var expected = small ? 7.5 : 18 + (0.2 * persons.Count);
        var constant = Constant(population, persons, expected);
        int count;
        do
        {
            foreach (var person in persons) person.TakesPart = random.Uniform() < SteadyRandom.Logistic(constant + population.Need(person));
            count = persons.Count(p => p.TakesPart);
        }
        while (small && count is < SmallLeast or > SmallMost);

        foreach (var person in persons.Where(p => p.TakesPart)) person.Start = MadeCalendar.Index.Start.AddDays(random.Whole(90));
    }

    /// <summary>The constant of the log odds that makes the expected number of participants right, by bisection.</summary>
    private static double Constant(MadePopulation population, List<MadePerson> persons, double expected)
    {
        double low = -20, high = 20;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var sum = 0.0;
            foreach (var person in persons) sum += SteadyRandom.Logistic(middle + population.Need(person));
            if (sum < expected) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>Three in a hundred move, or among adults die, in a quarter after the index: nobody leaves because of the outcome.</summary>
    private static void DrawExit(MadePerson person, MadePopulation population, SteadyRandom random)
    {
        if (random.Uniform() >= 0.03) return;
        person.LastTime = random.Whole(MadeCalendar.After);
        person.ExitReason = population is JobSupportPopulation && random.Uniform() < 0.2 ? "died" : "moved";
    }
}
