using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;
using EstimatorKind = SiOutcomeLab.Domain.Plans.EstimatorKind;
using Estimators = SiOutcomeLab.Domain.Plans.Estimators;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Effects as a table for people: under each its name, which the other commands ask for.</summary>
internal static class EffectTable
{
    public static void Write(Terminal terminal, IEnumerable<Effect> effects)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn("plan", MaximumWidth: 20),
            new TextColumn("org", MaximumWidth: 6),
            new TextColumn(terminal.Pick("metod, mått", "method, measure"), MaximumWidth: 17),
            new TextColumn(terminal.Pick("effekt (intervall)", "effect (interval)"), IsRight: true, MaximumWidth: 24),
            new TextColumn(terminal.Pick("ställning", "standing"), MaximumWidth: 10),
            new TextColumn("status", MaximumWidth: 13));
        foreach (var effect in effects)
        {
            table.Add(
                PlanCell(effect, language),
                effect.Organisation,
                $"{effect.Method}\n{effect.Outcome?.Measure ?? "–"}",
                Result(effect, language),
                language.Pick(EnumWords.Of(effect.Standing)),
                StatusCell(effect, language));
            table.Under(effect.Name);
        }

        table.Write(terminal.Out);
    }

    /// <summary>The estimate with its interval; where there is none, that it is withheld, or a dash.</summary>
    public static string Result(Effect effect, Language language) => effect.ResultCase switch
    {
        Effect.ResultOneofCase.Estimate => CellText.PointAndInterval(effect.Estimate, language) + LookText.IntervalLine(effect, language),
        Effect.ResultOneofCase.Withheld => CellText.Withheld(language),
        _ => "–",
    };

    private static string StatusCell(Effect effect, Language language) => (effect.ResultCase == Effect.ResultOneofCase.NotEstimable
        ? language.Pick("ej skattbar", "not estimable")
        : language.Pick(EnumWords.Of(effect.ResultCase))) + LookText.StatusLines(effect, language);

    // What stands beside a headline is under the same plan: the estimator, the subgroup or what it is for tells it apart.
    private static string PlanCell(Effect effect, Language language) => effect.Role switch
    {
        EstimateRole.Sensitivity => $"{effect.Plan}\n· {Short(effect.Estimator)}",
        EstimateRole.Subgroup => $"{effect.Plan}\n· {$"{effect.Division} {effect.Label}".TrimStart()}",
        EstimateRole.Secondary or EstimateRole.NegativeControl => $"{effect.Plan}\n· {language.Pick(EnumWords.Of(effect.Role))}",
        _ => effect.Plan,
    };

    private static string Short(Estimator estimator) =>
        Enum.IsDefined((EstimatorKind)estimator) ? Estimators.Of((EstimatorKind)estimator).Letters : estimator.ToString();
}
