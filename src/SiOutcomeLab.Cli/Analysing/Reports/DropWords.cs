using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Why rows are left out, in words.</summary>
internal static class DropWords
{
    public static BilingualText Of(DropReason reason, string? column) => reason switch
    {
        DropReason.MissingValue => new($"värde saknas i {column}", $"no value in {column}"),
        DropReason.NoMatch => new("ingen matchning", "no match"),
        DropReason.TrimmedScore => new("poängen är för extrem", "the score is too extreme"),
        DropReason.UnitNotInEveryPeriod => new("enheten finns inte i alla perioder", "the unit is not in every period"),
        _ => new("enheten är behandlad från första perioden", "the unit is treated from the first period on"),
    };
}
