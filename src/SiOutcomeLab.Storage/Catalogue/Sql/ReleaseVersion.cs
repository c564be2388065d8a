namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>Counts what this process has committed that readers of releases can see.</summary>
internal sealed class ReleaseVersion
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Next() => Interlocked.Increment(ref _value);
}
