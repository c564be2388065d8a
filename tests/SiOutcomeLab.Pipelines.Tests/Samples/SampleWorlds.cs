namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Follow-up data that a plan can be run on.</summary>
internal static class SampleWorlds
{
    /// <summary>Participants first; earnings in 2021 much alike in both groups, and one unit of a hundred more for participants in 2023.</summary>
    public static FollowUp Yearly(int participants = 40, int others = 120, int seed = 8, int firstPerson = 0)
    {
        var random = new Random(seed);
        var data = new FollowUp { GroupRows = 200 };
        for (var i = 0; i < participants + others; i++)
        {
            var before = 1000 + (100 * SampleCohorts.Normal(random)) + (i < participants ? 20 : 0);
            var after = before + (50 * SampleCohorts.Normal(random)) + (i < participants ? 100 : 0);
            data.Years(firstPerson + i, 2021, 20 + random.Next(40), i % 2 == 0 ? "woman" : "man", before, before, after, after);
            if (i < participants) data.Start(firstPerson + i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }
}
