using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Cli.Words;

/// <summary>The links of a chain and the parts of a change, in words. A value of a later version reads as its number's name.</summary>
internal static class ExplanationNames
{
    public static BilingualText Of(ExplanationLink link) => link switch
    {
        ExplanationLink.Rows => new("Raderna", "The rows"),
        ExplanationLink.Plan => new("Planen", "The plan"),
        ExplanationLink.Persons => new("Personerna", "The persons"),
        ExplanationLink.Comparison => new("Jämförelsen", "The comparison"),
        ExplanationLink.Balance => new("Likheten", "The balance"),
        ExplanationLink.Estimate => new("Skattningen", "The estimate"),
        ExplanationLink.Gate => new("Röjandekontrollen", "The disclosure gate"),
        ExplanationLink.Kronor => new("Kronorna", "The kronor"),
        ExplanationLink.Computation => new("Beräkningen", "The computation"),
        _ => Plain(link),
    };

    public static BilingualText Of(ChangeSource source) => source switch
    {
        ChangeSource.Code => new("koden", "the code"),
        ChangeSource.Plan => new("planens version eller titt", "the plan's version or look"),
        ChangeSource.OwnParticipants => new("egna deltagare", "own participants"),
        ChangeSource.OwnComparison => new("egna jämförelsepersoner", "own comparison persons"),
        ChangeSource.OthersData => new("andras data", "others' data"),
        ChangeSource.Prices => new("priser", "prices"),
        _ => Plain(source),
    };

    public static BilingualText Of(ChangeTold told) => told switch
    {
        ChangeTold.Unchanged => new("ingenting: som det var", "nothing: as it was"),
        ChangeTold.InWords => new("ändrat, men för få personer för att visa hur mycket", "changed, but too few persons to show by how much"),
        ChangeTold.NoPart => new("ingår inte i effekten, bara i kronorna", "no part of the effect, only of its kronor"),
        _ => Plain(told),
    };

    public static BilingualText Of(ChangeObstacle obstacle) => obstacle switch
    {
        ChangeObstacle.RowsErased => new(
            "Kan inte delas upp: rader i underlaget har raderats enligt lag.", "It cannot be taken apart: rows behind it have been erased by law."),
        ChangeObstacle.OtherQuestion => new(
            "Kan inte delas upp: de två svarar på olika frågor.", "It cannot be taken apart: the two answer different questions."),
        ChangeObstacle.NoEstimate => new("Kan inte delas upp: en av dem har ingen skattning.", "It cannot be taken apart: one of them has no estimate."),
        _ => Plain(obstacle),
    };

    private static BilingualText Plain<T>(T value)
        where T : struct, Enum => new(value.ToString(), value.ToString());
}
