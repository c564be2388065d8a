using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Words;

/// <summary>What became of an attempt to make a result again, in words.</summary>
internal static class ReproductionWords
{
    public static BilingualText Say(ReproduceRunResponse answer) => answer.Verdict switch
    {
        ReproductionVerdict.Identical => new(
            $"Identiskt: samma byte som när {answer.KeptBy} räknade.", $"Identical: the same bytes as when {answer.KeptBy} computed it."),
        ReproductionVerdict.EqualWithinTolerance => new(
            $"Lika inom 1e-9: räknat då med {answer.KeptBy}, nu med {answer.MadeBy}.",
            $"Equal within 1e-9: computed then by {answer.KeptBy}, now by {answer.MadeBy}."),
        ReproductionVerdict.RowsErased => new(
            $"Går inte att räkna om: rader raderades enligt lag den {TimeText.Day(answer.ErasedAt)}.",
            $"Not reproducible: rows were erased by law on {TimeText.Day(answer.ErasedAt)}."),
        ReproductionVerdict.Different => new(
            $"INTE samma resultat: räknat då med {answer.KeptBy}, nu med {answer.MadeBy}. Säg till den som driver navet.",
            $"NOT the same result: computed then by {answer.KeptBy}, now by {answer.MadeBy}. Tell whoever runs the hub."),
        _ => new(answer.Verdict.ToString(), answer.Verdict.ToString()),
    };
}
