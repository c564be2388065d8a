using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Effects as a table for people.</summary>
internal static class EffectTable
{
    public static void Write(Terminal terminal, IEnumerable<Effect> effects)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn("plan", MaximumWidth: 17),
            new TextColumn("org", MaximumWidth: 5),
            new TextColumn(terminal.Pick("metod", "method"), MaximumWidth: 10),
            new TextColumn(terminal.Pick("mått", "measure"), MaximumWidth: 13),
            new TextColumn(terminal.Pick("effekt (intervall)", "effect (interval)"), IsRight: true, MaximumWidth: 24),
            new TextColumn(terminal.Pick("ställning", "standing"), MaximumWidth: 10),
            new TextColumn("status", MaximumWidth: 9));
        foreach (var effect in effects)
        {
            table.Add(
                PlanCell(effect),
                effect.Organisation,
                effect.Method,
                effect.Outcome?.Measure ?? "–",
                Result(effect, language),
                language.Pick(EnumWords.Of(effect.Standing)),
                language.Pick(EnumWords.Of(effect.ResultCase)));
        }

        table.Write(terminal.Out);
    }

    /// <summary>The estimate with its interval; where there is none, that it is withheld, or a dash.</summary>
    public static string Result(Effect effect, Language language) => effect.ResultCase switch
    {
        Effect.ResultOneofCase.Estimate => CellText.PointAndInterval(effect.Estimate, language),
        Effect.ResultOneofCase.Withheld => CellText.Withheld(language),
        _ => "–",
    };

    // A plan's sensitivity estimates stand under the same plan: the estimator tells them apart.
    private static string PlanCell(Effect effect) => effect.Role == EstimateRole.Sensitivity ? $"{effect.Plan} · {Short(effect.Estimator)}" : effect.Plan;

    private static string Short(Estimator estimator) => estimator switch
    {
        Estimator.EntropyBalancing => "EB",
        Estimator.InversePropensity => "IPW",
        Estimator.AugmentedInversePropensity => "AIPW",
        Estimator.Matched => "match",
        _ => estimator.ToString(),
    };
}
