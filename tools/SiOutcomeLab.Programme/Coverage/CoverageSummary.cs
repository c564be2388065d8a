namespace SiOutcomeLab.Programme.Coverage;

/// <summary>All countries of a case, or of one of its methods, summed up.</summary>
internal sealed record CoverageSummary
{
    public required string Case { get; init; }

    public required string What { get; init; }

    public required bool IsWithoutEffect { get; init; }

    /// <summary>Null for all methods of the case.</summary>
    public string? Method { get; init; }

    public required int Countries { get; init; }

    public required double MeanSeconds { get; init; }

    public required int Plans { get; init; }

    /// <summary>Plans whose last look gave an estimate.</summary>
    public required int Estimated { get; init; }

    /// <summary>Why last looks gave none, and how often.</summary>
    public required IReadOnlyDictionary<string, int> Refusals { get; init; }

    /// <summary>The last look's repeated interval holds the effect expected on participants like the estimate's own.</summary>
    public ClusteredShare? LastLook { get; init; }

    /// <summary>The last look's interval holds what happened to exactly those participants, their luck among it.</summary>
    public ClusteredShare? Happened { get; init; }

    /// <summary>The spread of the last look's error against what happened, as <see cref="SpreadOfErrors"/>.</summary>
    public required double? SpreadAgainstHappened { get; init; }

    /// <summary>All looks' repeated intervals do, each for its own participants.</summary>
    public ClusteredShare? AllLooks { get; init; }

    /// <summary>The ordinary 95 % interval of the estimates that are pooled does.</summary>
    public ClusteredShare? Ordinary { get; init; }

    /// <summary>The mean of the last look's error over its standard error.</summary>
    public required double? MeanError { get; init; }

    /// <summary>Its standard deviation; 1 where standard errors are right.</summary>
    public required double? SpreadOfErrors { get; init; }

    /// <summary>At some look the repeated interval leaves no effect out: of plans with an estimate.</summary>
    public ClusteredShare? Significant { get; init; }

    /// <summary>The pooled interval holds the mean true effect of all municipalities of all countries of the method.</summary>
    public ClusteredShare? Pooled { get; init; }

    /// <summary>The pooled interval holds the mean true effect of the country's own contributors.</summary>
    public ClusteredShare? PooledOwn { get; init; }

    /// <summary>The pooled interval leaves no effect out.</summary>
    public ClusteredShare? PooledSignificant { get; init; }

    /// <summary>The prediction interval holds the true effect of a municipality of another country.</summary>
    public ClusteredShare? Prediction { get; init; }

    /// <summary>The shrunken interval holds the municipality's own true effect.</summary>
    public ClusteredShare? ShrunkenInterval { get; init; }

    public ErrorRatio? Shrinkage { get; init; }

    /// <summary>The mean over countries of the largest correlation of two municipalities' errors.</summary>
    public required double? LargestCorrelation { get; init; }

    /// <summary>Sums up, each case whole and by method.</summary>
    public static IReadOnlyList<CoverageSummary> Of(IReadOnlyList<CountryRow> rows, IReadOnlyList<StudyCase> cases) =>
    [
        .. cases.SelectMany(c =>
        {
            var own = rows.Where(r => r.Case == c.Name).ToArray();
            var truths = new PooledTruths(own);
            return c.Methods.Select(m => (string?)m).Prepend(null)
                .Select(m => (Method: m, Rows: own.Where(r => m is null || r.Method == m).ToArray()))
                .Where(x => x.Rows.Length > 1)
                .Select(x => Of(c, x.Method, x.Rows, truths));
        }),
    ];

    private static CoverageSummary Of(StudyCase of, string? method, CountryRow[] rows, PooledTruths truths)
    {
        var places = rows.SelectMany(r => r.Places).ToArray();
        var last = places.Select(p => p.Looks[^1]).ToArray();
        var errors = last.Where(l => l.Headline is not null).Select(l => (l.Headline!.Point - l.Expected) / l.Headline.StandardError).ToArray();
        var luck = last.Where(l => l.Headline is not null).Select(l => (l.Headline!.Point - l.Happened) / l.Headline.StandardError).ToArray();
        return new CoverageSummary
        {
            Case = of.Name,
            What = of.What,
            IsWithoutEffect = of.IsWithoutEffect,
            Method = method,
            Countries = rows.Length,
            MeanSeconds = rows.Average(r => r.Seconds),
            Plans = places.Length,
            Estimated = errors.Length,
            Refusals = last.Where(l => l.Refusal is not null).GroupBy(l => l.Refusal!).ToDictionary(g => g.Key, g => g.Count()),
            LastLook = Share(rows, p => p.Looks[^1].Headline?.Holds(p.Looks[^1].Expected)),
            Happened = Share(rows, p => p.Looks[^1].Headline?.Holds(p.Looks[^1].Happened)),
            SpreadAgainstHappened = SpreadOf(luck),
            AllLooks = Share(rows, p => Told(p).Length == 0 ? null : Told(p).All(l => l.Headline!.Holds(l.Expected))),
            Ordinary = Share(rows, p => p.Own?.Holds(p.Looks[^1].Expected)),
            MeanError = errors.Length == 0 ? null : errors.Average(),
            SpreadOfErrors = SpreadOf(errors),
            Significant = Share(rows, p => Told(p).Length == 0 ? null : Told(p).Any(l => !l.Headline!.Holds(0))),
            Pooled = ShareOfPools(rows, r => r.Pooled!.Effect.Holds(truths.MeanOf(r.Method))),
            PooledOwn = ShareOfPools(rows, r => r.Pooled!.Effect.Holds(PooledTruths.OwnMeanOf(r))),
            PooledSignificant = ShareOfPools(rows, r => !r.Pooled!.Effect.Holds(0)),
            Prediction = ClusteredShare.Of(rows.Where(r => r.Pooled is not null && truths.HasOthers(r)).Select(r => (truths.ShareWithin(r), 1.0))),
            ShrunkenInterval = Share(rows, p => p.Shrunken?.Holds(p.Looks[^1].Expected)),
            Shrinkage = ErrorRatio.Of(rows.Select(SquaredErrors), seed: 1),
            LargestCorrelation = rows.Where(r => r.Pooled is not null).Select(r => (double?)r.Pooled!.LargestCorrelation).Average(),
        };
    }

    private static double? SpreadOf(double[] values)
    {
        if (values.Length == 0) return null;
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static LookRow[] Told(PlaceRow place) => [.. place.Looks.Where(l => l.Headline is not null)];

    private static (double Shrunken, double Raw) SquaredErrors(CountryRow row)
    {
        var both = row.Places.Where(p => p is { Own: not null, Shrunken: not null }).ToArray();
        return (both.Sum(p => Square(p.Shrunken!.Point - p.Looks[^1].Expected)), both.Sum(p => Square(p.Own!.Point - p.Looks[^1].Expected)));

        static double Square(double error) => error * error;
    }

    // Municipalities that give no answer are left out.
    private static ClusteredShare? Share(CountryRow[] rows, Func<PlaceRow, bool?> answer) => ClusteredShare.Of(rows.Select(row =>
    {
        var answers = row.Places.Select(answer).Where(a => a is not null).ToArray();
        return (answers.Count(a => a == true) + 0.0, answers.Length + 0.0);
    }));

    private static ClusteredShare? ShareOfPools(CountryRow[] rows, Func<CountryRow, bool> answer) =>
        ClusteredShare.Of(rows.Where(r => r.Pooled is not null).Select(r => (answer(r) ? 1.0 : 0, 1.0)));
}
