using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>The columns of an observations file that tell what persons are, and when and why they leave.</summary>
internal sealed class CovariateColumns(int capacity)
{
    private readonly int[] _sex = new int[capacity];
    private readonly int[] _year = new int[capacity];
    private readonly int[] _country = new int[capacity];
    private readonly int[] _education = new int[capacity];
    private readonly int[] _household = new int[capacity];
    private readonly int[] _exit = new int[capacity];
    private readonly int[] _exitDay = new int[capacity];

    public static ParquetColumnSpec[] Specs { get; } =
    [
        ParquetColumnSpec.Text("sex"), ParquetColumnSpec.Of<int>("birth_year"), ParquetColumnSpec.Text("country_of_birth_group"),
        ParquetColumnSpec.Text("education_level", optional: true), ParquetColumnSpec.Text("household_type"),
    ];

    public static ParquetColumnSpec[] ExitSpecs { get; } =
        [ParquetColumnSpec.Text("exit_reason", optional: true), ParquetColumnSpec.Date("exit_date", optional: true)];

    public void Set(int row, in PersonTraits traits, int exit, int exitDay)
    {
        _sex[row] = traits.Woman ? 0 : 1;
        _year[row] = traits.BirthYear;
        _country[row] = traits.Country;
        _education[row] = traits.EducationKnown ? traits.Education : -1;
        _household[row] = traits.Household;
        _exit[row] = exit;
        _exitDay[row] = exitDay;
    }

    public void Write(ParquetRowGroupWriter group, int rows)
    {
        group.WriteStrings(_sex.AsSpan(0, rows), PersonTraits.Sexes);
        group.WriteColumn<int>(_year.AsSpan(0, rows));
        group.WriteStrings(_country.AsSpan(0, rows), PersonTraits.Countries);
        group.WriteStrings(_education.AsSpan(0, rows), PersonTraits.Educations);
        group.WriteStrings(_household.AsSpan(0, rows), PersonTraits.Households);
    }

    public void WriteExits(ParquetRowGroupWriter group, int rows)
    {
        group.WriteStrings(_exit.AsSpan(0, rows), PersonTraits.ExitReasons);
        var leaves = new bool[rows];
        for (var i = 0; i < rows; i++) leaves[i] = _exit[i] >= 0;
        group.WriteColumn<int>(_exitDay.AsSpan(0, rows), leaves);
    }
}
