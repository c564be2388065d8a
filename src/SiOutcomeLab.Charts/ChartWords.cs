namespace SiOutcomeLab.Charts;

/// <summary>The words that pictures say by themselves. Everything else is the caller's text.</summary>
public sealed record ChartWords
{
    /// <summary>Between the ends of an interval: "0,1 till 0,3".</summary>
    public required string To { get; init; }

    /// <summary>A value that is withheld or missing, where the caller gave no words of its own.</summary>
    public required string NotShown { get; init; }

    /// <summary>After an estimate whose interval is missing.</summary>
    public required string NoInterval { get; init; }

    /// <summary>Legend: an arrowhead at the edge of the axis.</summary>
    public required string BeyondAxis { get; init; }

    /// <summary>Legend: an own estimate with its interval.</summary>
    public required string Estimate { get; init; }

    /// <summary>Legend: the square's area follows the weight.</summary>
    public required string EstimateWeighted { get; init; }

    /// <summary>Legend: an estimate drawn towards the pooled one.</summary>
    public required string Shrunken { get; init; }

    /// <summary>Legend: the pooled estimate's diamond.</summary>
    public required string Pooled { get; init; }

    /// <summary>Where a new municipality's effect is expected.</summary>
    public required string PredictionInterval { get; init; }

    /// <summary>Axis of a love plot of absolute differences.</summary>
    public required string AbsoluteDifference { get; init; }

    /// <summary>Axis of a love plot of signed differences.</summary>
    public required string SignedDifference { get; init; }

    /// <summary>Legend: before matching or weighting.</summary>
    public required string Before { get; init; }

    /// <summary>Legend: after matching or weighting.</summary>
    public required string After { get; init; }

    /// <summary>Legend: a limit that should not be passed.</summary>
    public required string Limit { get; init; }

    /// <summary>The treated.</summary>
    public required string Participants { get; init; }

    /// <summary>The untreated.</summary>
    public required string Comparison { get; init; }

    /// <summary>Axis of an overlap plot.</summary>
    public required string Propensity { get; init; }

    /// <summary>Other axis of an overlap plot.</summary>
    public required string ShareOfGroup { get; init; }

    /// <summary>Legend: the range where both groups have persons.</summary>
    public required string CommonSupport { get; init; }

    /// <summary>Legend: an interval that holds for one point at a time.</summary>
    public required string PointwiseInterval { get; init; }

    /// <summary>Legend: a band that holds for all points at once.</summary>
    public required string UniformBand { get; init; }

    /// <summary>Legend: the period that others are compared with.</summary>
    public required string ReferencePeriod { get; init; }

    /// <summary>Legend: an amount above zero in a waterfall.</summary>
    public required string Saving { get; init; }

    /// <summary>Legend: an amount below zero in a waterfall.</summary>
    public required string Cost { get; init; }

    /// <summary>Label of a waterfall's last bar.</summary>
    public required string Total { get; init; }

    /// <summary>Vertical axis of a funnel plot.</summary>
    public required string StandardError { get; init; }

    /// <summary>Legend: where estimates would lie by chance alone.</summary>
    public required string FunnelLimits { get; init; }

    /// <summary>Vertical axis of a power curve.</summary>
    public required string Power { get; init; }

    /// <summary>Legend: the power that is asked for.</summary>
    public required string PowerTarget { get; init; }

    /// <summary>Before the count that a step of a sample flow loses.</summary>
    public required string Lost { get; init; }

    /// <summary>Plain Swedish.</summary>
    public static ChartWords Swedish { get; } = new()
    {
        To = "till", NotShown = "Visas inte", NoInterval = "inget intervall", BeyondAxis = "fortsätter utanför axeln",
        Estimate = "egen skattning med intervall", EstimateWeighted = "egen skattning med intervall (ytan följer vikten)",
        Shrunken = "krympt skattning", Pooled = "sammanvägd skattning", PredictionInterval = "prediktionsintervall",
        AbsoluteDifference = "Standardiserad skillnad (absolutvärde)", SignedDifference = "Standardiserad skillnad",
        Before = "före justering", After = "efter justering", Limit = "gräns", Participants = "Deltagare",
        Comparison = "Jämförelsepersoner", Propensity = "Skattad sannolikhet att delta", ShareOfGroup = "Andel av gruppen, procent",
        CommonSupport = "gemensamt område", PointwiseInterval = "skattning med punktvist intervall",
        UniformBand = "band för alla perioder samtidigt", ReferencePeriod = "referensperiod", Saving = "besparing", Cost = "kostnad",
        Total = "Summa", StandardError = "Standardfel", FunnelLimits = "gränser om bara slumpen skiljer", Power = "Styrka, procent",
        PowerTarget = "önskad styrka", Lost = "Bortfall",
    };

    /// <summary>Plain English.</summary>
    public static ChartWords English { get; } = new()
    {
        To = "to", NotShown = "Not shown", NoInterval = "no interval", BeyondAxis = "continues beyond the axis",
        Estimate = "own estimate with interval", EstimateWeighted = "own estimate with interval (area follows weight)",
        Shrunken = "shrunken estimate", Pooled = "pooled estimate", PredictionInterval = "prediction interval",
        AbsoluteDifference = "Standardised difference (absolute value)", SignedDifference = "Standardised difference",
        Before = "before adjustment", After = "after adjustment", Limit = "limit", Participants = "Participants",
        Comparison = "Comparison persons", Propensity = "Estimated probability of taking part",
        ShareOfGroup = "Share of the group, per cent", CommonSupport = "common range",
        PointwiseInterval = "estimate with pointwise interval",
        UniformBand = "band for all periods at once", ReferencePeriod = "reference period", Saving = "saving", Cost = "cost",
        Total = "Total", StandardError = "Standard error", FunnelLimits = "limits if chance alone differs", Power = "Power, per cent",
        PowerTarget = "power asked for", Lost = "Lost",
    };
}
