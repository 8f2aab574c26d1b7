"""Alur's engine: runs SOPs drawn as BPMN diagrams. Imports neither Flask nor anything of `api`."""
