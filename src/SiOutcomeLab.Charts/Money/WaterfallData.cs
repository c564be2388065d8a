namespace SiOutcomeLab.Charts;

/// <summary>What a waterfall shows: how savings and costs of several actors add up.</summary>
/// <param name="Steps">In the given order; above zero is a saving, below a cost.</param>
/// <param name="AxisLabel">What the amounts are, such as "Kronor per participant".</param>
public sealed record WaterfallData(IReadOnlyList<MoneyRow> Steps, string AxisLabel)
{
    /// <summary>
    /// The total. When null it is the sum of the steps, unless one of them is a gap: then it is told as a gap too. A total beside one
    /// withheld step gives that step away; whether it may stand there is for the caller to know.
    /// </summary>
    public MoneyRow? Total { get; init; }

    /// <summary>Decimals of the figures.</summary>
    public int Decimals { get; init; }
}

/// <summary>What a bar chart of amounts shows, such as a cost baseline by actor.</summary>
/// <param name="Rows">In the given order.</param>
/// <param name="AxisLabel">What the amounts are, such as "Kronor per person and year".</param>
public sealed record BaselineData(IReadOnlyList<MoneyRow> Rows, string AxisLabel)
{
    /// <summary>Decimals of the figures.</summary>
    public int Decimals { get; init; }
}

/// <summary>An amount, or why there is none.</summary>
/// <param name="Label">Whose amount it is.</param>
/// <param name="Amount">Null when it is suppressed or unknown.</param>
public sealed record MoneyRow(string Label, decimal? Amount)
{
    /// <summary>Low end of the amount's interval; drawn when both ends are there.</summary>
    public decimal? Lower { get; init; }

    /// <summary>High end of the amount's interval.</summary>
    public decimal? Upper { get; init; }

    /// <summary>Why nothing is shown, in words; used when there is no amount.</summary>
    public string? Gap { get; init; }
}
