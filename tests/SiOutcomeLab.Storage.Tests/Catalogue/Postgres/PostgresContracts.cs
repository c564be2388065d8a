using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

public sealed class PostgresSubmissionCatalogueTests : SubmissionCatalogueContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresPlanCatalogueTests : PlanCatalogueContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresPlanLifeTests : PlanLifeContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresRunCatalogueTests : RunCatalogueContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresReleaseStoreTests : ReleaseStoreContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresCostStoreTests : CostStoreContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresAccessTokensTests : AccessTokensContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresUploadCatalogueTests : UploadCatalogueContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresSubmissionLifeTests : SubmissionLifeContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresIdentityCatalogueTests : IdentityCatalogueContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresLakeHoldsTests : LakeHoldsContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresBenchmarkCatalogueTests : BenchmarkCatalogueContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresRunScheduleTests : RunScheduleContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresEffectChangesTests : EffectChangesContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();
}

public sealed class PostgresChangeMarksTests : ChangeMarksContract
{
    private readonly PostgresSchema _schema = new();

    protected override Task<ICatalogue> OpenAsync() => _schema.OpenAsync();

    protected override ValueTask RemoveAsync() => _schema.RemoveAsync();

    protected override async Task<System.Data.Common.DbConnection> RawAsync() => await _schema.RawAsync(Cancel);
}
