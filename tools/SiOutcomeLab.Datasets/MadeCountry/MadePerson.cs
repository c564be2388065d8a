namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>An invented person: covariates, and every measure in both worlds, without and with the intervention.</summary>
internal sealed class MadePerson
{
    public required string Key { get; init; }

    public required string Sex { get; init; }

    public required int BirthYear { get; init; }

    public required string Country { get; init; }

    public string? Education { get; init; }

    public string? Household { get; init; }

    /// <summary>Measure → values over the quarters, had the person not taken part.</summary>
    public Dictionary<string, double[]> Without { get; } = [];

    /// <summary>
    /// Measure → values over the quarters, had the person taken part; equal to <see cref="Without"/> before the index quarter.
    /// </summary>
    public Dictionary<string, double[]> With { get; } = [];

    public bool TakesPart { get; set; }

    public DateOnly Start { get; set; }

    /// <summary>The last event time observed.</summary>
    public int LastTime { get; set; } = MadeCalendar.After;

    public string? ExitReason { get; set; }

    /// <summary>What a register would show.</summary>
    public double? Observed(string measure, int time)
    {
        var world = TakesPart ? With : Without;
        return world.TryGetValue(measure, out var values) ? values[MadeCalendar.At(time)] : null;
    }
}
