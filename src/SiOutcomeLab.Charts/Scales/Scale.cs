namespace SiOutcomeLab.Charts.Scales;

/// <summary>From values to places: linear, or logarithmic for ratios.</summary>
internal sealed class Scale
{
    private readonly double _start;
    private readonly double _end;

    public Scale(double low, double high, double start, double end, bool logarithmic = false)
    {
        (Low, High) = Widen(low, high, logarithmic);
        (_start, _end, IsLogarithmic) = (start, end, logarithmic);
    }

    public double Low { get; }

    public double High { get; }

    public bool IsLogarithmic { get; }

    /// <summary>Whether ticks stand on whole numbers only, as for periods and persons.</summary>
    public bool WholeTicks { get; init; }

    /// <summary>Whether the value can be placed: a number of a size that people meet, above zero on a logarithmic axis.</summary>
    public static bool CanPlace(double value, bool logarithmic) =>
        Math.Abs(value) <= 1e15 && (!logarithmic || value >= 1e-9);

    /// <summary>The place of a value; one beyond the axis is put on its edge.</summary>
    public double At(double value)
    {
        var within = Math.Clamp(value, Low, High);
        var share = IsLogarithmic ? Math.Log(within / Low) / Math.Log(High / Low) : (within - Low) / (High - Low);
        return _start + share * (_end - _start);
    }

    /// <summary>Whether the value lies on the axis, with room for rounding.</summary>
    public bool Holds(double value)
    {
        var room = (High - Low) * 1e-9;
        return value >= Low - room && value <= High + room;
    }

    /// <summary>Round values within the axis and their text, as many as asked for or a few more or less.</summary>
    public IReadOnlyList<Tick> Ticks(int wanted, NumberText numbers)
    {
        // Over less than a decade 1, 2 and 5 are too few, and evenly spaced values are round too.
        if (!IsLogarithmic || High / Low < 8) return Linear(wanted, numbers);
        return [.. NiceTicks.Logarithmic(Low, High).Select(v => new Tick(v, numbers.Fixed(v, NiceTicks.Decimals(v))))];
    }

    private IReadOnlyList<Tick> Linear(int wanted, NumberText numbers)
    {
        var step = NiceTicks.Step(High - Low, wanted);
        if (WholeTicks) step = Math.Max(1, step);
        var decimals = NiceTicks.Decimals(step);
        return [.. NiceTicks.Multiples(Low, High, step).Select(v => new Tick(v, numbers.Fixed(v, decimals)))];
    }

    // A single value gets room on both sides: an axis has a length.
    private static (double Low, double High) Widen(double low, double high, bool logarithmic)
    {
        // Wider than what can be placed: an axis has room beyond its outermost value.
        if (!(Math.Max(Math.Abs(low), Math.Abs(high)) <= 1e18) || (logarithmic && !(Math.Min(low, high) > 0)))
        {
            throw new ArgumentOutOfRangeException(nameof(low), "An axis has two finite ends, above zero if it is logarithmic.");
        }

        if (high < low) (low, high) = (high, low);
        if (logarithmic) return high / low < 1.01 ? (low / 1.5, high * 1.5) : (low, high);
        var room = Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-6;
        return high - low > Math.Max(room, 1e-9) ? (low, high) : (low - Math.Max(1, room * 10), high + Math.Max(1, room * 10));
    }
}

/// <summary>A round value of an axis and how it is written.</summary>
internal readonly record struct Tick(double Value, string Text);
