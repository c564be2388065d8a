using System.Data.Common;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>
/// A database that holds a catalogue, whatever its dialect. The statements in this folder are written in what the dialects share
/// (<c>ON CONFLICT</c>, <c>RETURNING</c>, row comparison, <c>LIMIT</c>); what differs is behind this interface and in the migrations.
/// </summary>
internal interface ICatalogueDatabase
{
    /// <summary>What this process has committed that readers of releases can see.</summary>
    ReleaseVersion Releases { get; }

    /// <summary>An open connection for reading; each statement sees one committed state.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// True for what trying again, or a person at the disk, may mend; false for what is wrong in the call or in the code.
    /// </summary>
    bool IsTransient(DbException exception);

    /// <summary>Begins a write transaction that is durable once committed.</summary>
    /// <exception cref="CatalogueUnavailableException">Another program holds the catalogue, or its disk fails.</exception>
    Task<CatalogueWrite> BeginWriteAsync(CancellationToken cancellationToken);
}
