namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A catalogue in a database. A dialect derives, and says how the database is opened and closed.</summary>
public abstract class SqlCatalogue : ICatalogue
{
    private readonly SqlAuditLog _audit;

    private protected SqlCatalogue(ICatalogueDatabase database)
    {
        Submissions = new SqlSubmissions(database);
        Uploads = new SqlUploads(database);
        Holds = new SqlLakeHolds(database);
        Projects = new SqlProjects(database);
        Plans = new SqlPlans(database);
        Runs = new SqlRuns(database);
        Releases = new SqlReleases(database);
        Costs = new SqlCosts(database);
        Benchmarks = new SqlBenchmarks(database);
        Tokens = new SqlAccessTokens(database);
        Identity = new SqlIdentity(database);
        _audit = new SqlAuditLog(database);
    }

    /// <inheritdoc/>
    public ISubmissionCatalogue Submissions { get; }

    /// <inheritdoc/>
    public IUploadCatalogue Uploads { get; }

    /// <inheritdoc/>
    public ILakeHolds Holds { get; }

    /// <inheritdoc/>
    public IProjectCatalogue Projects { get; }

    /// <inheritdoc/>
    public IPlanCatalogue Plans { get; }

    /// <inheritdoc/>
    public IRunCatalogue Runs { get; }

    /// <inheritdoc/>
    public IReleaseStore Releases { get; }

    /// <inheritdoc/>
    public ICostStore Costs { get; }

    /// <inheritdoc/>
    public IBenchmarkCatalogue Benchmarks { get; }

    /// <inheritdoc/>
    public IAccessTokens Tokens { get; }

    /// <inheritdoc/>
    public IIdentityCatalogue Identity { get; }

    /// <inheritdoc/>
    public IAuditLog Audit => _audit;

    /// <summary>Writes what the audit log still holds, and closes the database. No call may be under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _audit.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask CloseAsync();
}
