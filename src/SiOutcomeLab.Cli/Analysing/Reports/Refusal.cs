using SiOutcomeLab.Domain;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Why the data give no answer.</summary>
internal sealed record Refusal(NotEstimableReason Reason, string Detail)
{
    public BilingualText What => Reason switch
    {
        NotEstimableReason.NoTreated => new("det finns ingen behandlad rad", "there is no treated row"),
        NotEstimableReason.NoComparison => new("det finns ingen jämförelserad", "there is no comparison row"),
        NotEstimableReason.Separation => new(
            "kovariaterna skiljer behandlade från jämförelserader helt eller delvis", "covariates tell treated from comparison rows, wholly or in part"),
        NotEstimableReason.Collinear => new("kolumner är kombinationer av varandra", "columns are combinations of each other"),
        NotEstimableReason.NoOverlap => new("grupperna överlappar inte", "the groups do not overlap"),
        NotEstimableReason.TooFewMatches => new("för få matchningar", "too few matches"),
        NotEstimableReason.DidNotConverge => new("beräkningen nådde inte fram", "the computation did not settle"),
        NotEstimableReason.NoVariation => new("ingenting varierar", "nothing varies"),
        NotEstimableReason.TooFewObservations => new("för få rader eller kluster", "too few rows or clusters"),
        _ => new("jämförelsen höll inte måttet", "the comparison was judged unfit"),
    };

    public BilingualText Remedy => Reason switch
    {
        NotEstimableReason.NoTreated => new(
            "Kontrollera --treatment och --treated-level, eller ta med fler perioder.", "Check --treatment and --treated-level, or take in more periods."),
        NotEstimableReason.NoComparison => new("Ta med fler jämförelserader.", "Take in more comparison rows."),
        NotEstimableReason.Separation => new(
            "Begränsa urvalet till där båda grupperna finns, slå ihop nivåer, eller ta bort kolumnen.",
            "Restrict the sample to where both groups are found, merge levels, or drop the column."),
        NotEstimableReason.Collinear => new("Ta bort eller slå ihop de nämnda kolumnerna.", "Drop or merge the named columns."),
        NotEstimableReason.NoOverlap => new(
            "Begränsa till det gemensamma stödet och säg det, balansera färre kovariater, eller välj --estimand ATO.",
            "Restrict to the common support and say so, balance fewer covariates, or choose --estimand ATO."),
        NotEstimableReason.TooFewMatches => new(
            "Vidare --caliper, färre --exact, fler jämförelserader, eller vikter i stället (silab analyse weight).",
            "A wider --caliper, fewer --exact, more comparison rows, or weights instead (silab analyse weight)."),
        NotEstimableReason.DidNotConverge => new("Färre eller grövre kovariater.", "Fewer or coarser covariates."),
        NotEstimableReason.NoVariation => new(
            "Välj ett utfall eller kovariater som varierar.",
            "Choose an outcome or covariates that vary."),
        NotEstimableReason.TooFewObservations => new(
            "Fler rader, färre kovariater, eller sammanvägning med andra.", "More rows, fewer covariates, or pooling with others."),
        _ => new(
            "En annan matchnings- eller viktningsmetod, eller fler kovariater i modellen; aldrig ett annat utfall.",
            "Another matching or weighting method, or more covariates in the model; never another outcome."),
    };
}
