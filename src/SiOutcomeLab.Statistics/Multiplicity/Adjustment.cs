namespace SiOutcomeLab.Statistics.Multiplicity;

/// <summary>How p-values are adjusted for being many.</summary>
public enum Adjustment
{
    /// <summary>Family-wise error, any dependence: n p.</summary>
    Bonferroni = 1,

    /// <summary>Family-wise error, any dependence, step-down; never worse than Bonferroni.</summary>
    Holm = 2,

    /// <summary>Family-wise error for independent or positively dependent p-values, step-up.</summary>
    Hochberg = 3,

    /// <summary>Family-wise error as Hochberg, a little more powerful.</summary>
    Hommel = 4,

    /// <summary>False discovery rate for independent or positively dependent p-values.</summary>
    BenjaminiHochberg = 5,

    /// <summary>False discovery rate, any dependence.</summary>
    BenjaminiYekutieli = 6
}
