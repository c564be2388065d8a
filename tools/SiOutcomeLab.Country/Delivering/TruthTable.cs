using System.Globalization;
using System.Text;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>
/// The effects that were really there, intervention by measure by horizon: means over the participants who were in the target group and
/// whose horizon the country's quarters reach. What the columns say stands in the README.
/// </summary>
public static class TruthTable
{
    /// <summary>The longest horizon told, in quarters.</summary>
    public const int LongestHorizon = 6;

    /// <summary>The first line.</summary>
    public const string Header =
        "municipality_code,intervention,method,measure,horizon,summary,participants,effect_as_assigned,effect_never,followed,effect_of_followed\n";

    /// <summary>A municipality's lines.</summary>
    /// <param name="municipality">The municipality.</param>
    public static string Lines(MadeMunicipality municipality)
    {
        var text = new StringBuilder();
        foreach (var population in municipality.Populations)
        {
            foreach (var method in population.Population.Methods)
            {
                if (municipality.Design.Interventions.All(i => i.Method != method)) continue;
                for (var measure = 0; measure < population.Population.Measures.Length; measure++)
                {
                    foreach (var summary in new[] { OutcomeSummary.AtHorizon, OutcomeSummary.SumToHorizon })
                    {
                        for (var horizon = 1; horizon <= LongestHorizon; horizon++)
                        {
                            var row = EffectOf(population.Participants.Where(p => p.Method == method), measure, horizon, summary);
                            if (row.Participants == 0) continue;
                            text.Append(
                                CultureInfo.InvariantCulture,
                                $"{municipality.Place.Code},{method.Code},{method.Code},{population.Population.Measures[measure].Code},{horizon},");
                            text.Append(
                                CultureInfo.InvariantCulture,
                                $"{summary},{row.Participants},{row.AsAssigned:0.000000},{row.Never:0.000000},{row.Followed},");
                            text.Append(CultureInfo.InvariantCulture, $"{row.OfFollowed:0.000000}\n");
                        }
                    }
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The mean effect of some participants.</summary>
    /// <param name="participants">Of one method; those outside the target group are left out.</param>
    /// <param name="measure">The measure's place in the population.</param>
    /// <param name="horizon">Quarters after the start.</param>
    /// <param name="summary">The quarter alone, or the sum up to it.</param>
    public static TrueEffect EffectOf(IEnumerable<Participant> participants, int measure, int horizon, OutcomeSummary summary)
    {
        double asAssigned = 0, never = 0, ofFollowed = 0;
        int count = 0, followed = 0;
        foreach (var participant in participants)
        {
            if (!participant.IsInTarget || horizon > participant.LongestHorizon) continue;
            var effect = participant.Effect(measure, horizon, summary, Against.NotStartingThen);
            asAssigned += effect;
            never += participant.Effect(measure, horizon, summary, Against.NeverStarting);
            count++;
            if (!participant.IsFollowed(horizon)) continue;
            ofFollowed += effect;
            followed++;
        }

        return new TrueEffect(count, asAssigned / Math.Max(1, count), never / Math.Max(1, count), followed, ofFollowed / Math.Max(1, followed));
    }
}

/// <summary>A true mean effect.</summary>
/// <param name="Participants">Participants in the target group.</param>
/// <param name="AsAssigned">Against not starting in that quarter, and then what usually follows.</param>
/// <param name="Never">Against never starting.</param>
/// <param name="Followed">Those of them whose outcome somebody in the country observes.</param>
/// <param name="OfFollowed">As <paramref name="AsAssigned"/>, over those; 0 when there are none.</param>
public sealed record TrueEffect(int Participants, double AsAssigned, double Never, int Followed, double OfFollowed);
