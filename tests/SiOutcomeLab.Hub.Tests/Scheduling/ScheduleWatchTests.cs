using Microsoft.Data.Sqlite;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Tests.Scheduling;

/// <summary>What the scheduler sets aside when its database fails it is taken up again, the job that looks for due runs among it.</summary>
public sealed class ScheduleWatchTests
{
    [Fact]
    public async Task DueRuns_WhenEveryTriggerWasSetAside_AreEvaluatedAllTheSame()
    {
        await using var hub = await TestHub.StartAsync();
        var owner = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);

        Assert.InRange(await SetAsideAsync(hub), 4, int.MaxValue);
        await hub.LoadNswAsync(owner);

        Assert.NotEmpty(await hub.WaitForEffectsAsync("nsw-entropy-balancing", owner));
        Assert.Contains(hub.Log.Lines, l => l.Contains("evaluation-schedule.due-runs aside after an error; it is taken up again", StringComparison.Ordinal));
    }

    // As the scheduler itself does when it cannot read or make a trigger's job.
    private static async Task<int> SetAsideAsync(TestHub hub)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(hub.Folder, "scheduler.db"), Pooling = false, DefaultTimeout = 30 };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync(Cancel.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE qrtz_triggers SET trigger_state = 'ERROR'";
        return await command.ExecuteNonQueryAsync(Cancel.Token);
    }
}
