using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A small good delivery, as its manifest and the bytes of its files.</summary>
internal sealed record SmallYears(SubmissionManifest Manifest, byte[] Observations, byte[] Participations)
{
    public static SmallYears From(int year, double earnings = 1000)
    {
        var data = new FollowUp();
        for (var person = 0; person < 4; person++)
        {
            for (var y = year; y < year + 2; y++)
            {
                data.Row(0x1a2b3c0 + person, $"{y}", ("sex", "woman"), ("birth_year", 1980 + person), ("earnings_sek", earnings * (person + 1)));
            }
        }

        data.Start(0x1a2b3c0, SamplePlans.Code, $"{year}-03-01");
        var (observations, participations) = (data.Observations(), data.Participations()!);
        return new SmallYears(TestIntake.ManifestOf(data, observations, participations), observations, participations);
    }
}
