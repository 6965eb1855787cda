"""The parts every page is made of, each as in ../shared/look/00-components.png. They hold no decisions."""
