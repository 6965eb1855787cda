"""hoctap-desktop: plan, report, paper and sealed files for the yearly Tuần lễ hưởng ứng học tập suốt đời."""

__version__ = "0.1.0"
