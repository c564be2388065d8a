using Dapper;
using Microsoft.Data.Sqlite;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Upgrade;

/// <summary>The catalogue's part in the upgrade of a lake.</summary>
public static class CatalogueUpgrade
{
    /// <summary>
    /// Puts rewritten files in the place of the old ones, of all submissions in one transaction. Results that stand are not touched; a run
    /// that was under way finds its snapshot changed, and is made anew.
    /// </summary>
    /// <param name="cataloguePath">The catalogue's file, of this build's schema.</param>
    /// <param name="files">New files by submission.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    public static async Task ReplaceAllFilesAsync(
        string cataloguePath, IReadOnlyDictionary<string, SubmissionFiles> files, CancellationToken cancellationToken)
    {
        const string Replace = """
            UPDATE submission SET
                observations_sha256 = @Observations, observations_bytes = @ObservationsBytes,
                participations_sha256 = @Participations, participations_bytes = @ParticipationsBytes
            WHERE id = @Id
            """;
        var settings = new SqliteConnectionStringBuilder { DataSource = cataloguePath, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true };
        await using var connection = new SqliteConnection(settings.ToString());
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON;");
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
        foreach (var (id, renewed) in files)
        {
            var parameters = new
            {
                Id = id,
                Observations = renewed.Observations.Sha256,
                ObservationsBytes = renewed.Observations.Bytes,
                Participations = renewed.Participations?.Sha256,
                ParticipationsBytes = renewed.Participations?.Bytes,
            };
            await connection.ExecuteAsync(new CommandDefinition(Replace, parameters, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
