using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Sqlite;

/// <summary>One SQLite file in a folder of its own.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("catalogue.db");

    public async Task<ICatalogue> OpenAsync() =>
        await SqliteCatalogue.OpenAsync(Path, cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask RemoveAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteSubmissionCatalogueTests : SubmissionCatalogueContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqlitePlanCatalogueTests : PlanCatalogueContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqlitePlanLifeTests : PlanLifeContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteRunCatalogueTests : RunCatalogueContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteReleaseStoreTests : ReleaseStoreContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteCostStoreTests : CostStoreContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteAccessTokensTests : AccessTokensContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteUploadCatalogueTests : UploadCatalogueContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteSubmissionLifeTests : SubmissionLifeContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteLakeHoldsTests : LakeHoldsContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteBenchmarkCatalogueTests : BenchmarkCatalogueContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteRunScheduleTests : RunScheduleContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteEffectChangesTests : EffectChangesContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();
}

public sealed class SqliteChangeMarksTests : ChangeMarksContract
{
    private readonly SqliteFile _file = new();

    protected override Task<ICatalogue> OpenAsync() => _file.OpenAsync();

    protected override ValueTask RemoveAsync() => _file.RemoveAsync();

    protected override async Task<System.Data.Common.DbConnection> RawAsync()
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_file.Path};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
