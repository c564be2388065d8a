using System.Globalization;
using System.Text;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>
/// The effects that were really there: participants' mean with the intervention minus their mean without it, both worlds being known.
/// </summary>
internal static class MadeCountryTruth
{
    public static string Csv(IReadOnlyList<MadeMunicipality> municipalities)
    {
        var text = new StringBuilder("municipality_code,method,measure,horizon,summary,participants,effect\n");
        foreach (var municipality in municipalities)
        {
            foreach (var (population, persons) in municipality.Groups)
            {
                var treated = persons.Where(p => p.TakesPart).ToArray();
                foreach (var measure in population.Measures)
                {
                    Append(text, municipality.Code, population.Method, measure, treated);
                }
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string code, string method, string measure, MadePerson[] treated)
    {
        foreach (var summary in new[] { OutcomeSummary.AtHorizon, OutcomeSummary.SumToHorizon })
        {
            for (var horizon = 1; horizon <= MadeCalendar.After; horizon++)
            {
                var effect = treated.Sum(p => Effect(p, measure, horizon, summary)) / treated.Length;
                text.Append(CultureInfo.InvariantCulture, $"{code},{method},{measure},{horizon},{summary},")
                    .Append(CultureInfo.InvariantCulture, $"{treated.Length},{effect:0.000000}\n");
            }
        }
    }

    private static double Effect(MadePerson person, string measure, int horizon, OutcomeSummary summary)
    {
        var sum = 0.0;
        for (var time = summary == OutcomeSummary.AtHorizon ? horizon : 1; time <= horizon; time++)
        {
            sum += person.With[measure][MadeCalendar.At(time)] - person.Without[measure][MadeCalendar.At(time)];
        }

        return sum;
    }
}
