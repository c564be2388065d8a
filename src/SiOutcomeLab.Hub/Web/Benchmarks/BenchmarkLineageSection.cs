using System.Globalization;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>What a benchmark rests on: the same inputs give the same numbers.</summary>
internal static class BenchmarkLineageSection
{
    public static Node Of(Released<ReleasedBenchmark> released, PageLanguage language)
    {
        var b = released.Value;
        var plans = b.Municipalities.Select(m => m.PlanId).Order(StringComparer.Ordinal)
            .Select(p => (Node)Li(A(language.Href($"/plans/{p}"), p)));
        return Section(
            "lineage", language.Pick("Vad det vilar på", "What it rests on"),
            Facts(
                (language.Pick("Planer", "Plans"), b.Municipalities.Count == 0 ? null : Ul([.. plans])),
                (language.Pick("Underlagets hash", "The snapshot’s hash"), Code(b.Lineage.SnapshotHash)),
                (language.Pick("Planer, titter och körningar, hash", "Plans, looks and runs, hash"), Code(b.Lineage.InputHash)),
                (language.Pick("Kod", "Code"), b.Lineage.CodeVersion),
                (language.Pick("Räknad", "Computed"), language.Pick(SwedishDay.Told(b.Lineage.ComputedAt))),
                (language.Pick("Röjanderegler", "Disclosure rules"), released.RuleVersion),
                (language.Pick("Namn", "Name"), Code(b.Name))));
    }
}
