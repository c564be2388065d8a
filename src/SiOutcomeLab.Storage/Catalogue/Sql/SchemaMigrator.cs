namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>Brings a catalogue's schema to this build's version, in one transaction, or refuses. Steps go forward only.</summary>
internal static class SchemaMigrator
{
    /// <summary>
    /// Makes the schema where there is none, and refuses any other than this build's: a hub that is started never changes data that
    /// it finds, for whoever starts it may not have made a backup.
    /// </summary>
    /// <exception cref="CatalogueOpenException">The schema is older or newer than this build, or an applied step reads otherwise here.</exception>
    public static Task PrepareAsync(
        ICatalogueDatabase database, IReadOnlyList<Migration> steps, TimeProvider time, CancellationToken cancellationToken) =>
        MigrateAsync(database, steps, time, mayUpgrade: false, cancellationToken);

    /// <summary>Takes every step that has not been taken.</summary>
    /// <returns>The version found, 0 for an empty file.</returns>
    /// <exception cref="CatalogueOpenException">The schema is newer than this build, or an applied step reads otherwise here.</exception>
    public static Task<int> MigrateAsync(
        ICatalogueDatabase database, IReadOnlyList<Migration> steps, TimeProvider time, CancellationToken cancellationToken) =>
        MigrateAsync(database, steps, time, mayUpgrade: true, cancellationToken);

    private static async Task<int> MigrateAsync(
        ICatalogueDatabase database, IReadOnlyList<Migration> steps, TimeProvider time, bool mayUpgrade, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL)
            """);
        var applied = await write.ListAsync<AppliedStep>(
            "SELECT version AS Version, name AS Name, sha256 AS Sha256 FROM schema_version ORDER BY version");
        Check(applied, steps);
        if (!mayUpgrade && applied.Count > 0 && applied.Count < steps.Count)
        {
            throw new CatalogueOpenException(
                CatalogueOpenProblem.SchemaTooOld,
                $"The catalogue has schema version {applied.Count} and this build needs {steps.Count}: run 'silab hub upgrade', "
                + "which makes a backup first, or start the older hub.");
        }

        foreach (var step in steps.Skip(applied.Count))
        {
            await write.ExecuteAsync(step.Text);
            await write.ExecuteAsync(
                "INSERT INTO schema_version (version, name, sha256, applied_at) VALUES (@version, @name, @sha256, @now)",
                new { version = (long)step.Version, name = step.Name, sha256 = step.Sha256, now = StoredTime.Write(time.GetUtcNow()) });
        }

        await write.CommitAsync();
        return applied.Count;
    }

    private static void Check(IReadOnlyList<AppliedStep> applied, IReadOnlyList<Migration> steps)
    {
        if (applied.Count > steps.Count)
        {
            throw new CatalogueOpenException(
                CatalogueOpenProblem.SchemaTooNew,
                $"The catalogue has schema version {applied[^1].Version} and this build knows {steps.Count}: "
                + "start the newer hub that migrated it, or restore a backup made before.");
        }

        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i].Version == steps[i].Version && applied[i].Sha256 == steps[i].Sha256) continue;
            throw new CatalogueOpenException(
                CatalogueOpenProblem.MigrationChanged,
                $"The catalogue was made by a migration {applied[i].Name} that reads otherwise in this build; "
                + "start the build that made it.");
        }
    }

    private sealed class AppliedStep
    {
        public long Version { get; init; }

        public string Name { get; init; } = string.Empty;

        public string Sha256 { get; init; } = string.Empty;
    }
}
