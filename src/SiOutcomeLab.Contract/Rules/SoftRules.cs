using static SiOutcomeLab.Contract.RuleOf;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Rules that warn: what is allowed, but seldom right. None of them says anything of fewer than <see cref="FewestRows"/> rows. The limits
/// were set so that unit errors, missing exports and nulls sent as zeros are told, and ordinary years and seasons are not.
/// </summary>
internal static class SoftRules
{
    /// <summary>The fewest rows that a figure is judged or kept of.</summary>
    public const int FewestRows = 50;

    /// <summary>
    /// A measure missing in more than this share of a period's rows is told; in a file of several target groups each may have measures of
    /// its own.
    /// </summary>
    public const double MostMissing = 0.9;

    /// <summary>A mean is told when it lies more than this many standard deviations of persons from the usual …</summary>
    public const double MeanShift = 0.5;

    /// <summary>… a share, of missing values or of zeros, when it differs by more than this …</summary>
    public const double ShareShift = 0.15;

    /// <summary>… and either only when that is more than this many times its own uncertainty, between periods and of sampling.</summary>
    public const double ShiftScore = 5;

    /// <summary>Rows of one period may be at most so many times those of the period before, or the other way round.</summary>
    public const double RowsRatio = 1.5;

    /// <summary>One person's amount may change by at most so many times from one period to the next: kronor and öre differ by 100 …</summary>
    public const double AmountRatio = 100;

    /// <summary>… in all but this share of the changes; earnings of single persons do change so (NSW: 2 per cent).</summary>
    public const double MostJumps = 0.05;

    /// <summary>
    /// A cost-bearing value is an outlier more than this many robust standard deviations above the median, in logarithms; more than one
    /// above √(2 ln n), about where the largest of n normal values lies, when they are many.
    /// </summary>
    public const double OutlierScore = 5;

    public static readonly ContractRule MostlyMissing = Warning(
        "MEASURE_MOSTLY_MISSING",
        "Måttet saknas för mer än {1} % av raderna i perioderna {0}.",
        "The measure is missing in more than {1}% of the rows of the periods {0}.",
        "Kontrollera exporten; 0 är en observation och ska sändas som 0, bara det okända lämnas tomt.",
        "Check the export; 0 is an observation and is sent as 0, only what is unknown is left empty.");

    public static readonly ContractRule ShiftedMean = Warning(
        "MEASURE_SHIFTED_MEAN",
        "Måttets medelvärde i perioderna {0} skiljer sig mer än {1} standardavvikelser från vad det brukar vara.",
        "The measure's mean in the periods {0} differs by more than {1} standard deviations from what it usually is.",
        "Kontrollera enheten (kronor eller tusental, dagar eller månader) och om urvalet har ändrats.",
        "Check the unit (kronor or thousands, days or months) and whether the selection has changed.");

    public static readonly ContractRule ShiftedMissing = Warning(
        "MEASURE_SHIFTED_MISSING",
        "Andelen rader utan värde i perioderna {0} skiljer sig mer än {1} procentenheter från vad den brukar vara.",
        "The share of rows without a value in the periods {0} differs by more than {1} percentage points from what it usually is.",
        "Kontrollera om källan har fått ett avbrott, eller om tomma värden har blivit nollor.",
        "Check whether the source had an interruption, or whether empty values have become zeros.");

    public static readonly ContractRule ShiftedZeros = Warning(
        "MEASURE_SHIFTED_ZEROS",
        "Andelen nollor i perioderna {0} skiljer sig mer än {1} procentenheter från vad den brukar vara.",
        "The share of zeros in the periods {0} differs by more than {1} percentage points from what it usually is.",
        "Kontrollera om okända värden har sänts som 0, eller om källan är ofullständig.",
        "Check whether unknown values were sent as 0, or whether the source is incomplete.");

    public static readonly ContractRule RowsJump = Warning(
        "PERIOD_ROWS_JUMP",
        "Antalet rader ändras mer än {1} gånger från perioden före i perioderna {0}.",
        "The number of rows changes by more than {1} times from the period before in the periods {0}.",
        "Kontrollera att hela målgruppen är med i varje period.",
        "Check that the whole target group is in every period.");

    public static readonly ContractRule PersonJump = Warning(
        "MEASURE_PERSON_JUMP",
        "Samma persons belopp ändras mer än {0} gånger mellan två perioder efter varandra i ovanligt många fall.",
        "The same person's amount changes by more than {0} times between two periods in a row unusually often.",
        "Kontrollera om några perioder har sänts i en annan enhet, som ören eller tusental kronor.",
        "Check whether some periods were sent in another unit, such as öre or thousands of kronor.");

    public static readonly ContractRule Outliers = Warning(
        "MEASURE_OUTLIERS",
        "Måttet bär kostnader, och några värden ligger långt över vad som är vanligt i filen.",
        "The measure bears costs, and some values lie far above what is usual in the file.",
        "Kontrollera de största värdena mot källan: ett enda fel väger tungt i en kostnad.",
        "Check the largest values against the source: a single fault weighs heavily in a cost.");
}
